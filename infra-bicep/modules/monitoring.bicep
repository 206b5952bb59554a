import { Tags } from '../types.bicep'

metadata description = 'Where traces, metrics and logs go: a Log Analytics workspace and Application Insights over it, both closed to keys.'

@description('Where the resources live.')
param location string

@description('The workspace\'s name.')
param workspaceName string

@description('The Application Insights component\'s name.')
param componentName string

@description('Tags of every resource.')
param tags Tags

@description('For how many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes a day after which the workspace takes no more, so that a fault cannot become a bill.')
@minValue(1)
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { disableLocalAuth: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Telemetry is sent with the platform's identity; the connection string alone opens nothing.
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

@description('The component\'s resource id.')
output componentId string = component.id

@description('The component\'s name.')
output componentName string = component.name

@description('The workspace\'s resource id, over which alerts and the workbook ask their questions.')
output workspaceId string = workspace.id

@description('Names the component; no secret, because keys are not accepted.')
output connectionString string = component.properties.ConnectionString
