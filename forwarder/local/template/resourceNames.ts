/** Where the stack stands: what CloudFormation's pseudo parameters say. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
}

/** How CloudFormation names a resource of one type. */
interface Naming {
  /** The property that holds the name; without a value there, the logical id is taken. */
  readonly property: string;
  /** What `Ref` returns. */
  readonly ref: 'name' | 'arn';
  readonly arn: (place: Place, name: string) => string;
}

const namings: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': { property: 'TableName', ref: 'name', arn: regional('dynamodb', 'table/') },
  'AWS::S3::Bucket': { property: 'BucketName', ref: 'name', arn: (_, name) => `arn:aws:s3:::${name}` },
  'AWS::SNS::Topic': { property: 'TopicName', ref: 'arn', arn: regional('sns', '') },
  'AWS::SQS::Queue': { property: 'QueueName', ref: 'name', arn: regional('sqs', '') },
  'AWS::Lambda::Function': { property: 'FunctionName', ref: 'name', arn: regional('lambda', 'function:') },
  'AWS::SES::ReceiptRuleSet': {
    property: 'RuleSetName',
    ref: 'name',
    arn: regional('ses', 'receipt-rule-set/'),
  },
  'AWS::SES::ReceiptRule': { property: 'Rule.Name', ref: 'name', arn: regional('ses', 'receipt-rule/') },
  'AWS::SES::ConfigurationSet': { property: 'Name', ref: 'name', arn: regional('ses', 'configuration-set/') },
  'AWS::Events::Rule': { property: 'Name', ref: 'name', arn: regional('events', 'rule/') },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', ref: 'name', arn: regional('logs', 'log-group:') },
  'AWS::IAM::Role': {
    property: 'RoleName',
    ref: 'name',
    arn: (place, name) => `arn:aws:iam::${place.account}:role/${name}`,
  },
};

/** What `Ref` says for a resource. */
export function refOf(type: string, place: Place, name: string): string {
  const naming = namings[type];
  return naming?.ref === 'arn' ? naming.arn(place, name) : name;
}

/** What `Fn::GetAtt` says for a resource; throws for an attribute that the local system does not know. */
export function attributeOf(type: string, attribute: string, place: Place, name: string): string {
  const naming = namings[type];
  if (naming && attribute === 'Arn') return naming.arn(place, name);
  if (type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn')
    return `${attributeOf(type, 'Arn', place, name)}/stream/local`;
  if (type === 'AWS::SNS::Topic' && attribute === 'TopicArn') return attributeOf(type, 'Arn', place, name);
  if ((type === 'AWS::SNS::Topic' && attribute === 'TopicName') || attribute === 'QueueName') return name;
  if (type === 'AWS::S3::Bucket' && attribute === 'DomainName') return `${name}.s3.amazonaws.com`;
  if (!naming && attribute.endsWith('Arn')) return `arn:aws:local:${place.region}:${place.account}:${name}`;
  throw new Error(`the local system does not know the attribute ${attribute} of ${type}`);
}

/** The path of the property that names a resource of this type, `Rule.Name` for a nested one. */
export function nameProperty(type: string): readonly string[] | undefined {
  return namings[type]?.property.split('.');
}

/** The last part of an ARN: a table's, a function's or a topic's name. */
export function nameInArn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.replace(/^(?:table\/|function:|rule\/)/, '').replace(/\/stream\/.*$/, '');
}

function regional(service: string, prefix: string): Naming['arn'] {
  return (place, name) => `arn:aws:${service}:${place.region}:${place.account}:${prefix}${name}`;
}
