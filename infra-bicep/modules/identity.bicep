import { Tags } from '../types.bicep'

metadata description = 'The one identity the platform acts as: it reads and writes storage, fetches its own package and sends its telemetry.'

@description('Where the identity lives.')
param location string

@description('The identity\'s name.')
param name string

@description('Tags of every resource.')
param tags Tags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The identity\'s resource id.')
output id string = identity.id

@description('The id by which role assignments know it.')
output principalId string = identity.properties.principalId

@description('The id by which the application asks for its tokens.')
output clientId string = identity.properties.clientId
