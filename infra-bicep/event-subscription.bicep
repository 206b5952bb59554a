metadata description = 'Tells the blob trigger of each drop. Deployed after the code, because Event Grid asks the function whether it listens before it subscribes.'

@description('The function app.')
@minLength(2)
param functionAppName string

@description('The system topic of the storage account.')
@minLength(3)
param systemTopicName string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
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
