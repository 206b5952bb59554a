metadata description = 'What the platform\'s identity may do, and nothing else: storage data on its own account, and sending telemetry.'

@description('The storage account\'s name.')
param storageName string

@description('The Application Insights component\'s name.')
param componentName string

@description('The platform\'s identity\'s name.')
param identityName string

@description('The Entra ID group of the planners, who drop plans and surveys; empty for none.')
param plannersGroupId string

var roles = {
  // What the Functions host needs of the account it keeps its locks in; also what ingest needs to publish.
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  // The blob trigger keeps its retries and its poison messages in queues.
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource planning 'containers' existing = {
      name: 'planning'
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource onStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in [roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]: {
  name: guid(storage.id, identity.id, role)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

resource onTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, identity.id, roles.metricsPublisher)
  scope: component
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource planners 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(plannersGroupId)) {
  name: guid(storage::blobs::planning.id, plannersGroupId, roles.blobDataContributor)
  scope: storage::blobs::planning
  properties: {
    principalId: plannersGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}
