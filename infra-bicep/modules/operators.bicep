metadata description = 'What the operators may do: what docs/operations.md tells them to, and no more.'

@description('The operators\' Entra ID group: its object id.')
param groupId string

@description('The storage account\'s name.')
param storageName string

@description('The function app\'s name.')
param appName string

var onStorage = {
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // drops again from quarantine, brings blobs back
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // issues keys, copies tables out
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // looks into queues and empties them
}
var onGroup = {
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' // names, settings of resources, alerts
  logAnalyticsReader: '73c42c96-874c-492b-b04d-ab87d138a893' // the questions of the guide
}
var websiteContributor = 'de139f84-1756-47ae-9be6-808fbbe84772' // the master key, restarts, deployments of code

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource data 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(onStorage): {
  name: guid(storage.id, groupId, role.value)
  scope: storage
  properties: {
    principalId: groupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

resource sight 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(onGroup): {
  name: guid(resourceGroup().id, groupId, role.value)
  properties: {
    principalId: groupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

resource code 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(app.id, groupId, websiteContributor)
  scope: app
  properties: {
    principalId: groupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', websiteContributor)
  }
}
