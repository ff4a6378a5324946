/**
 * What each function's code does to each thing, as IAM names it. The role of a function grants exactly this, and its
 * bundle holds the commands for it. A table's name stands for the table and its indexes.
 */
export const access: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  spam: { domains: ['dynamodb:GetItem'], deliveries: ['dynamodb:PutItem'] },
  process: {
    domains: ['dynamodb:GetItem'],
    aliases: ['dynamodb:Query'],
    bounces: ['dynamodb:Query'],
    deliveries: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    mails: ['s3:GetObject', 's3:PutObject'],
    mail: ['ses:SendBounce', 'ses:SendEmail', 'ses:SendRawEmail'],
    functions: ['lambda:InvokeFunction'],
  },
  triggerBuild: { functions: ['lambda:InvokeFunction'] },
  buildForwards: {
    definitions: ['dynamodb:Scan'],
    domains: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
    aliases: ['dynamodb:BatchWriteItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
    bounces: ['dynamodb:Scan'],
  },
  updateBounceCount: {
    bounces: ['dynamodb:Query'],
    aliases: ['dynamodb:Query', 'dynamodb:UpdateItem'],
  },
  bounceOrComplaint: {
    bounces: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    deliveries: ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  },
  retryDeliveries: {
    domains: ['dynamodb:GetItem'],
    aliases: ['dynamodb:Query'],
    bounces: ['dynamodb:Query'],
    deliveries: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    mails: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
    mail: [
      'ses:GetSendQuota',
      'ses:GetSendStatistics',
      'ses:SendBounce',
      'ses:SendEmail',
      'ses:SendRawEmail',
    ],
    functions: ['lambda:InvokeFunction'],
  },
};

/** What Lambda itself does in a function's name: its log, its stream, and what it gives up. */
export const lambdasOwn: ReadonlySet<string> = new Set([
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'sqs:SendMessage',
]);

/** The actions that a command of the SDK may need. */
export const actionsOfCommand: Readonly<Record<string, readonly string[]>> = {
  'client-dynamodb/BatchGetItem': ['dynamodb:BatchGetItem'],
  'client-dynamodb/BatchWriteItem': ['dynamodb:BatchWriteItem'],
  'client-dynamodb/DeleteItem': ['dynamodb:DeleteItem'],
  'client-dynamodb/GetItem': ['dynamodb:GetItem'],
  'client-dynamodb/PutItem': ['dynamodb:PutItem'],
  'client-dynamodb/Query': ['dynamodb:Query'],
  'client-dynamodb/Scan': ['dynamodb:Scan'],
  'client-dynamodb/TransactWriteItems': [
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ],
  'client-dynamodb/UpdateItem': ['dynamodb:UpdateItem'],
  'client-lambda/Invoke': ['lambda:InvokeFunction'],
  'client-s3/DeleteObject': ['s3:DeleteObject'],
  'client-s3/GetObject': ['s3:GetObject'],
  'client-s3/ListObjectsV2': ['s3:ListBucket'],
  'client-s3/PutObject': ['s3:PutObject'],
  'client-ses/GetSendQuota': ['ses:GetSendQuota'],
  'client-ses/GetSendStatistics': ['ses:GetSendStatistics'],
  'client-ses/SendBounce': ['ses:SendBounce'],
  'client-sesv2/SendEmail': ['ses:SendEmail', 'ses:SendRawEmail'],
};

/** Commands that a client carries for its own use. */
export const sdksOwn: ReadonlySet<string> = new Set([
  'client-dynamodb/DescribeEndpoints',
  'client-s3/CreateSession',
]);
