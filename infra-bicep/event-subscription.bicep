metadata description = 'Tells the blob trigger of each drop. Deployed after the code, because Event Grid asks the function whether it listens before it subscribes.'

@description('The function app.')
@minLength(2)
param functionAppName string

@description('The system topic of the storage account.')
@minLength(3)
param systemTopicName string

@description('The storage account, in which undelivered announcements are kept.')
@minLength(3)
@maxLength(24)
param storageAccountName string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource drops 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'drops'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/incoming/'
    }
    // A 400, 401, 403 or 413 is not tried again: a cold start that answers so would lose the announcement without a trace.
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: storage.id, blobContainerName: 'dead-letters' }
      }
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    destination: {
      endpointType: 'WebHook'
      properties: {
        // The key lets a caller announce drops and nothing else; it is read at deployment and kept by Event Grid alone.
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.IngestOnEvent&code=${listKeys('${app.id}/host/default', app.apiVersion).systemKeys.blobs_extension}'
        maxEventsPerBatch: 1
      }
    }
  }
}

@description('The subscription through which drops are announced.')
output subscriptionId string = drops.id
