import { Tags } from '../types.bicep'

metadata description = 'The page on which operators see drops, queries, cache and reports; it asks the same instruments as the alerts.'

@description('Where the workbook lives.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('The workspace that holds the telemetry.')
param workspaceId string

@description('A question on the page and how its answer is drawn.')
type Tile = {
  @description('What it says.')
  title: string

  @description('How it is drawn.')
  chart: 'areachart' | 'barchart' | 'linechart' | 'table'

  @description('The question, in KQL, over the time chosen on the page.')
  query: string
}

var tiles Tile[] = [
  {
    title: 'Drops: what became of them'
    chart: 'barchart'
    query: '''
      AppMetrics | where Name == 'opendata.ingest.drops'
      | summarize drops = sum(Sum) by bin(TimeGenerated, 1h), state = tostring(Properties.state)
    '''
  }
  {
    title: 'Drops: what was wrong with them'
    chart: 'table'
    query: '''
      AppMetrics | where Name == 'opendata.ingest.problems'
      | summarize problems = sum(Sum) by code = tostring(Properties.code) | top 20 by problems
    '''
  }
  {
    title: 'Ingest: seconds a drop, by format'
    chart: 'linechart'
    query: '''
      AppMetrics | where Name == 'opendata.ingest.duration'
      | summarize average = sum(Sum) / sum(ItemCount), longest = max(Max) by bin(TimeGenerated, 1h), format = tostring(Properties.format)
    '''
  }
  {
    title: 'Ingest: rows and bytes'
    chart: 'areachart'
    query: '''
      AppMetrics | where Name in ('opendata.ingest.rows', 'opendata.ingest.bytes')
      | summarize sum(Sum) by bin(TimeGenerated, 1h), Name
    '''
  }
  {
    title: 'Answers: how many and how long, by kind'
    chart: 'table'
    query: '''
      AppMetrics | where Name == 'opendata.request.duration'
      | summarize requests = sum(ItemCount), average_seconds = sum(Sum) / sum(ItemCount), longest_seconds = max(Max),
          failed = sumif(ItemCount, toint(Properties.status) >= 500) by asked = tostring(Properties.kind)
      | order by requests
    '''
  }
  {
    title: 'Answers: seconds, 50, 95 and 99 of 100'
    chart: 'linechart'
    query: '''
      AppRequests | where Url has '/api/'
      | summarize percentiles(DurationMs / 1000, 50, 95, 99) by bin(TimeGenerated, 15m)
    '''
  }
  {
    title: 'Queries: where the time goes'
    chart: 'barchart'
    query: '''
      AppDependencies | where Name in ('query.plan', 'query.execute', 'query.serialise', 'cache.download')
      | summarize seconds = sum(DurationMs) / 1000 by bin(TimeGenerated, 1h), Name
    '''
  }
  {
    title: 'Cache: of 100 files asked for, how many were here'
    chart: 'linechart'
    query: '''
      AppMetrics | where Name == 'opendata.cache.rents'
      | summarize hits = 100.0 * sumif(Sum, tostring(Properties.result) == 'hit') / sum(Sum) by bin(TimeGenerated, 1h)
    '''
  }
  {
    title: 'Cache: bytes fetched from the lake'
    chart: 'areachart'
    query: '''
      AppMetrics | where Name == 'opendata.cache.downloaded'
      | summarize bytes = sum(Sum) by bin(TimeGenerated, 1h)
    '''
  }
  {
    title: 'Reports: when they were made and how long it took'
    chart: 'table'
    query: '''
      AppMetrics | where Name == 'opendata.report.duration'
      | project TimeGenerated, outcome = tostring(Properties.outcome), seconds = Sum / ItemCount | order by TimeGenerated desc
    '''
  }
  {
    title: 'Errors: the latest'
    chart: 'table'
    query: '''
      AppExceptions | top 50 by TimeGenerated | project TimeGenerated, OperationName, ExceptionType, OuterMessage
    '''
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'opendata-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'OpenDataServerless'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [workspaceId]
      items: concat([
        {
          type: 9 // the choice of time, which every tile below follows
          name: 'time'
          content: {
            version: 'KqlParameterItem/1.0'
            style: 'pills'
            parameters: [
              {
                id: guid('time')
                version: 'KqlParameterItem/1.0'
                name: 'time'
                label: 'Time'
                type: 4
                isRequired: true
                value: { durationMs: 604800000 }
                typeSettings: { selectableValues: [{ durationMs: 3600000 }, { durationMs: 86400000 }, { durationMs: 604800000 }, { durationMs: 2592000000 }] }
              }
            ]
          }
        }
      ], map(tiles, tile => {
        type: 3
        name: tile.title
        customWidth: '50'
        content: {
          version: 'KqlItem/1.0'
          title: tile.title
          query: tile.query
          size: 0
          queryType: 0
          resourceType: 'microsoft.operationalinsights/workspaces'
          visualization: tile.chart
          timeContextFromParameter: 'time'
        }
      }))
    })
  }
}
