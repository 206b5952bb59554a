metadata description = 'Lets one agency drop files into its own folder and nowhere else. agency.sh deploys it.'

@description('The storage account.')
@minLength(3)
@maxLength(24)
param storageAccountName string

@description('The agency\'s folder name, as in incoming/{agency}/{dataset}/{file}.')
@minLength(1)
@maxLength(100)
param agency string

@description('Who drops: the object id of a user, a group or a service principal.')
@minLength(36)
@maxLength(36)
param principalId string

@description('What kind of principal that is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string

var blob = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'
// Every action of the role is named here: an action that a condition does not name is not held by it.
var ownFolder = '''
(
 (
  !(ActionMatches{'BLOB/read'} AND NOT SubOperationMatches{'Blob.List'})
  AND
  !(ActionMatches{'BLOB/write'})
  AND
  !(ActionMatches{'BLOB/add/action'})
 )
 OR
 (
  @Resource[BLOB:path] StringStartsWith 'AGENCY/'
 )
)
AND
(
 (
  !(ActionMatches{'BLOB/read'} AND SubOperationMatches{'Blob.List'})
 )
 OR
 (
  @Request[BLOB:prefix] StringStartsWith 'AGENCY/'
 )
)
'''
// Makes the key that signs a link; what the link opens is still the condition's to say.
var blobDelegator = 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource incoming 'containers' existing = {
      name: 'incoming'
    }
  }
}

resource drops 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage::blobs::incoming.id, agency, principalId)
  scope: storage::blobs::incoming
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid(resourceGroup().id, 'opendata-agency'))
    description: 'opendata-agency:${agency}'
    condition: replace(replace(ownFolder, 'BLOB', blob), 'AGENCY', agency)
    conditionVersion: '2.0'
  }
}

resource links 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, agency, principalId, blobDelegator)
  scope: storage
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDelegator)
    description: 'opendata-agency:${agency}'
  }
}

@description('Where the agency drops.')
output folder string = '${storage.properties.primaryEndpoints.blob}incoming/${agency}/'
