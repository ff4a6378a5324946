/** The metrics of AWS that alarms look at, each with the page that says so. */
export const awsMetrics: Readonly<Record<string, string>> = {
  'AWS/Lambda/Errors': 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  'AWS/Lambda/Throttles': 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  'AWS/Lambda/IteratorAge': 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  'AWS/SES/PublishFailure': 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-metrics.html',
  'AWS/SES/PublishExpired': 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-metrics.html',
  'AWS/SES/Reputation.BounceRate':
    'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html',
  'AWS/SES/Reputation.ComplaintRate':
    'https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html',
  'AWS/SQS/ApproximateNumberOfMessagesVisible':
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
};
