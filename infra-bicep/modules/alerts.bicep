import { Tags } from '../types.bicep'

metadata description = 'Who is told, and of what. What to do on each alert is in docs/operations.md under the alert\'s name.'

@description('Where the rules live.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Who is told, besides the subscription\'s owners.')
param emails string[]

@description('The workspace over which the rules ask.')
param workspaceId string

@description('The storage account\'s event topic\'s name.')
param topicName string

@description('How often the most urgent rules look, as an ISO 8601 duration.')
@allowed(['PT5M', 'PT15M'])
param every string

@description('Milliseconds within which 95 of 100 requests, exports aside, should be answered.')
@minValue(100)
param latencyMilliseconds int

@description('Of 100 drops in a day, how many may be rejected before somebody should ask why.')
@minValue(1)
@maxValue(100)
param rejectedPercent int

@description('A rule over the logs: it fires when its query returns a row.')
type Rule = {
  @description('The alert\'s name, as in the operations guide.')
  name: string

  @description('What has happened, for the mail.')
  description: string

  @description('How bad it is: 1 error, 2 warning, 3 note.')
  severity: 1 | 2 | 3

  @description('How often it is asked, as an ISO 8601 duration.')
  every: string

  @description('The question, in KQL.')
  query: string
}

// A rule that counts events asks for what has arrived since twice its interval, not for what happened then: telemetry may come
// minutes late, and what comes between two looks must not be missed. Looking twice at the same row does no harm.
var rules Rule[] = [
  {
    name: 'poison-drops'
    description: 'A drop failed on every try and waits in quarantine: a fault of the platform, not of the file.'
    severity: 1
    every: every
    query: '''
      AppMetrics
      | where ingestion_time() > ago(30m) and Name == 'opendata.ingest.drops' and tostring(Properties.state) == 'failed'
    '''
  }
  {
    name: 'report-failed'
    description: 'The planners\' report could not be made; the last one is still served.'
    severity: 2
    every: 'PT15M'
    query: '''
      AppMetrics
      | where ingestion_time() > ago(30m) and Name == 'opendata.report.duration' and tostring(Properties.outcome) == 'failed'
    '''
  }
  {
    name: 'report-missing'
    description: 'No report was made in the last 26 hours, or none ever: it stays on until one is made.'
    severity: 2
    every: 'PT1H'
    query: '''
      AppMetrics
      | where TimeGenerated > ago(26h) and Name == 'opendata.report.duration' and tostring(Properties.outcome) == 'made'
      | summarize made = count()
      | where made == 0
    '''
  }
  {
    name: 'quarantine-rate'
    description: 'Unusually many drops of the last day could not be published: an agency may have changed its export.'
    severity: 3
    every: 'PT1H'
    query: '''
      AppMetrics
      | where TimeGenerated > ago(1d) and Name == 'opendata.ingest.drops'
      | summarize rejected = sumif(Sum, tostring(Properties.state) == 'rejected'), drops = sum(Sum)
      | where drops >= 10 and 100 * rejected > PERCENT * drops
    '''
  }
  {
    name: 'slow-answers'
    description: 'Developers wait: the slowest 5 of 100 requests take longer than they should.'
    severity: 3
    every: 'PT15M'
    query: '''
      AppRequests
      | where ingestion_time() > ago(30m) and Url has '/api/' and Url !has '/exports/'
      | summarize requests = sum(ItemCount), slow = percentile(DurationMs, 95)
      | where requests >= 20 and slow > LATENCY
    '''
  }
  {
    name: 'failing-answers'
    description: 'Requests fail on our side.'
    severity: 1
    every: every
    query: '''
      AppRequests
      | where ingestion_time() > ago(30m) and Url has '/api/'
      | summarize requests = sum(ItemCount), failed = sumif(ItemCount, toint(ResultCode) >= 500)
      | where failed >= 5 and 100 * failed > requests
    '''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'opendata-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'opendata'
    emailReceivers: [for email in emails: { name: email, emailAddress: email, useCommonAlertSchema: true }]
    armRoleReceivers: [{ name: 'owners', roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', useCommonAlertSchema: true }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: rule.name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.name
    description: rule.description
    severity: rule.severity
    enabled: true
    autoMitigate: true
    scopes: [workspaceId]
    evaluationFrequency: rule.every
    windowSize: rule.every
    overrideQueryTimeRange: 'P2D' // each query names its own time
    skipQueryValidation: true // a new workspace has no such table before the first telemetry arrives
    criteria: {
      allOf: [
        {
          query: replace(replace(rule.query, 'PERCENT', string(rejectedPercent)), 'LATENCY', string(latencyMilliseconds))
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

@description('What Event Grid counts when an announcement does not arrive, and the alert on it.')
var undelivered = [
  {
    name: 'lost-events'
    metric: 'DroppedEventCount'
    description: 'Event Grid gave up announcing a drop and could not keep the announcement either. The sweep finds the drop.'
  }
  {
    name: 'dead-letters'
    metric: 'DeadLetteredCount'
    description: 'Event Grid could not announce a drop and keeps the announcement in dead-letters. The sweep finds the drop.'
  }
]

#disable-next-line use-recent-api-versions // the one that the verified module uses; the newer one was never seen in a deployment
resource eventAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [for item in undelivered: {
  name: item.name
  location: 'global'
  tags: tags
  properties: {
    description: item.description
    severity: 2
    enabled: true
    scopes: [topic.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'undelivered'
          criterionType: 'StaticThresholdCriterion'
          metricName: item.metric
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}]
