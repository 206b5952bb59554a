import { Tags } from '../types.bicep'

metadata description = 'The system topic that carries the storage account\'s events; who listens is said in event-subscription.bicep.'

@description('Where the topic lives: with its storage account.')
param location string

@description('The topic\'s name.')
param name string

@description('Tags of every resource.')
param tags Tags

@description('The storage account.')
param storageId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    source: storageId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('The topic\'s name.')
output name string = topic.name
