import { StorageRedundancy, Tags } from '../types.bicep'

metadata description = 'The storage account: every container, table and queue of the platform, none of them public, none of them open to a key.'

@description('Where the account lives.')
param location string

@description('The account\'s name: 3 to 24 lower-case letters and digits, unique in the world.')
param name string

@description('Tags of every resource.')
param tags Tags

@description('How often the data is copied.')
param redundancy StorageRedundancy

@description('Whether the account answers only inside the virtual network and to the addresses below.')
param privateNetworking bool

@description('Public IPv4 addresses or CIDR ranges from which agencies drop files when networking is private.')
param agencyIpRanges string[]

@description('Subnets from which agencies drop files when networking is private.')
param agencySubnetIds string[]

@description('For how many days a deleted blob or container can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

@description('For how many days a drop that could not be published is kept, with all its earlier versions.')
@minValue(30)
param quarantineDays int

@description('For how many days the usage log is kept as it was appended. It is compacted every day.')
@minValue(7)
param rawEventDays int

@description('For how many days the compacted usage log is kept, a row a request; the sums of each day stay.')
@minValue(31)
param compactedEventDays int

// The names that OpenData.Lake.Storage opens; a test holds this list to it.
var containers = ['incoming', 'lake', 'quarantine', 'usage', 'planning', 'reports', 'audit', 'catalog', 'withheld']
// Drops that are tried again later; and those on which the function itself threw five times, whose queue the host would make at the first of them, while
// alerts and the trigger on it want it from the start.
var queues = ['ingest-retries', 'webjobs-blobtrigger-poison']
// Where Event Grid puts the announcements it could not deliver. The sweep finds their drops; this says why it had to.
var deadLetters = 'dead-letters'
var tables = ['changes', 'datasets', 'feedback', 'keys', 'quotas', 'requests', 'salts', 'uploads']

@description('The container from which the function app loads its own package.')
var packages = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard_${redundancy}' }
  kind: 'StorageV2'
  properties: {
    accessTier: 'Hot'
    // Nobody reads without an identity, and no identity is a key.
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: { enabled: true, keyType: 'Account' }
        queue: { enabled: true, keyType: 'Account' }
        table: { enabled: true, keyType: 'Account' }
      }
    }
    publicNetworkAccess: privateNetworking && empty(agencyIpRanges) && empty(agencySubnetIds) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateNetworking ? 'Deny' : 'Allow'
      bypass: 'AzureServices' // Event Grid reads the account's events, and writes dead letters, as a trusted service
      // Storage refuses /31 and /32: a single address is written without a length.
      ipRules: [for range in agencyIpRanges: {
        value: endsWith(range, '/31')
          ? fail('${range}: storage takes no /31. Write its two addresses, each without a length.')
          : endsWith(range, '/32') ? split(range, '/')[0] : range
        action: 'Allow'
      }]
      #disable-next-line use-resource-id-functions // they are resource ids, each a parameter's element
      virtualNetworkRules: map(agencySubnetIds, subnet => { id: subnet, action: 'Allow' })
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    // What an agency or a fault overwrites or deletes can be brought back.
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    // Old versions of datasets move to a cheaper tier when nobody has read them for long, and back when somebody does.
    lastAccessTimeTrackingPolicy: { enable: true, name: 'AccessTimeTracking', trackingGranularityInDays: 1, blobType: ['blockBlob'] }
  }

  resource container 'containers' = [for container in concat(containers, [packages, deadLetters]): {
    name: container
    properties: { publicAccess: 'None' }
  }]
}

@description('Who did what to what is published cannot be rewritten or deleted by anybody for five years; lines are only added.')
resource auditPolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = {
  name: '${name}/default/audit/default'
  properties: { immutabilityPeriodSinceCreationInDays: 1826, allowProtectedAppendWrites: true }
  dependsOn: [blobs]
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'

  resource table 'tables' = [for table in tables: {
    name: table
  }]
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'

  resource queue 'queues' = [for queue in queues: {
    name: queue
  }]
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  dependsOn: [blobs]
  properties: {
    policy: {
      rules: [
        {
          name: 'cool-what-nobody-reads'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['lake/'] }
            actions: {
              baseBlob: {
                enableAutoTierToHotFromCool: true
                tierToCool: { daysAfterLastAccessTimeGreaterThan: 90 }
              }
            }
          }
        }
        {
          // The lake keeps its own copy of every published original.
          name: 'cool-old-drops'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['incoming/'] }
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: 30 }
                tierToCold: { daysAfterModificationGreaterThan: 180 }
              }
              version: { delete: { daysAfterCreationGreaterThan: quarantineDays } }
            }
          }
        }
        {
          name: 'keep-quarantine-for-its-time'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['quarantine/'] }
            actions: {
              baseBlob: {
                tierToCool: { daysAfterModificationGreaterThan: 30 }
                delete: { daysAfterModificationGreaterThan: quarantineDays }
              }
              version: { delete: { daysAfterCreationGreaterThan: quarantineDays } }
            }
          }
        }
        {
          name: 'forget-dead-letters'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${deadLetters}/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } }
          }
        }
        {
          // What instances append; compacted on the day itself. A report that fails for a month loses nothing.
          name: 'forget-raw-events'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['appendBlob'], prefixMatch: ['usage/events/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: rawEventDays } } }
          }
        }
        {
          // One request a row, without a name. The sums made of them, usage/days, stay.
          name: 'forget-compacted-events'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['usage/compacted-events/'] }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: compactedEventDays } } }
          }
        }
        {
          // Written by the platform alone, over and over: earlier versions serve repair, not history.
          name: 'forget-overwritten-versions'
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob', 'appendBlob']
              prefixMatch: ['lake/', 'usage/', 'planning/', 'reports/', '${packages}/', 'azure-webjobs-hosts/']
            }
            actions: { version: { delete: { daysAfterCreationGreaterThan: softDeleteDays } } }
          }
        }
      ]
    }
  }
}

@description('The account\'s resource id.')
output id string = account.id

@description('The account\'s name.')
output name string = account.name

@description('The blob endpoint, with its closing slash.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('The queue endpoint, with its closing slash.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('The table endpoint, with its closing slash.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('The container from which the function app loads its own package.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packages}'
