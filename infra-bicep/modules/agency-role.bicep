metadata description = 'What an agency may do in the incoming container: write, and read and list what lies there. Each grant narrows it to the agency\'s own folder.'

// No deletion: nothing that was dropped is ever lost. No management action: the container itself stays out of reach.
resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'opendata-agency')
  properties: {
    // Unique in the tenant, in which there may be a group of the same name in another subscription.
    roleName: 'OpenData agency (${resourceGroup().name}, ${uniqueString(resourceGroup().id)})'
    description: 'Drops files into the incoming container. Grant it with agency.sh, which adds the condition that holds an agency to its own folder.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'
        ]
        notDataActions: []
      }
    ]
  }
}

@description('The role\'s resource id.')
output id string = role.id
