import { Sizing, StorageRedundancy } from 'types.bicep'

targetScope = 'subscription'

metadata name = 'OpenDataServerless'
metadata description = 'Everything the platform needs on Azure, in one resource group of its own.'

@description('The environment\'s name, in the names of its resource group and of all that is in it.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Its size: dev is small and pays for what is used; prod keeps instances warm, copies data to three zones and closes the network.')
@allowed(['dev', 'prod'])
param environmentType string = 'dev'

@description('The region: one that has Flex Consumption, as az functionapp list-flexconsumption-locations prints them.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Whether instances are spread over zones. The platform then keeps two instances for each function group, always paid.')
param zoneRedundant bool = false

@description('How stored data is copied: LRS, ZRS or GZRS; empty for what the size says. An account that exists is not converted by a deployment.')
@allowed(['', 'LRS', 'ZRS', 'GZRS'])
param storageRedundancy string = ''
@description('The time zone, by its IANA name, in which days, quarters and deadlines are counted.')
param timeZone string = 'UTC'

@description('When the planners\' report is made: an NCRONTAB expression with seconds, in UTC. Default: 03:00 in Seoul.')
param reportSchedule string = '0 0 18 * * *'

@description('Who is told when something is wrong or costs too much, besides the subscription\'s owners: mail addresses.')
param alertEmails string[] = []

@description('The most that a month should cost, in the subscription\'s currency; a mail says so at 80 of 100. 0 for no budget.')
@minValue(0)
param monthlyBudget int = 100

@description('The first day of the first month that the budget counts; empty for this month. A budget that exists keeps its own: hand that in.')
param budgetStart string = ''

@description('The first day of this month; not to be given.')
param thisMonth string = utcNow('yyyy-MM-01')

@description('Whether storage answers only inside a private network. Agencies then drop from the addresses below, or not from outside at all.')
param privateNetworking bool = environmentType == 'prod'

@description('Public IPv4 addresses or CIDR ranges of agencies that drop files while networking is private. Without effect for callers in the same region.')
param agencyIpRanges string[] = []

@description('Subnets (resource ids, with the service endpoint Microsoft.Storage) from which agencies on Azure drop while networking is private.')
param agencySubnetIds string[] = []

@description('Whether Front Door stands before the API: a cache near the caller, a fair share for each address, and the app\'s own address closed.')
param frontDoor bool = false

@description('Who runs the portal, as harvesters are told; empty for the host\'s name.')
param portalName string = ''

@description('The address of a Key Vault secret with the keys, separated by semicolons, that raise a client\'s rate limit; empty for none.')
param apiKeysSecretUri string = ''

@description('The Key Vault secret with which columns become pseudonyms (docs/publication.md); empty for none.')
param pseudonymSecretUri string = ''

@description('The Key Vault (resource id) of that secret: the platform may then read it, through a private endpoint where networking is private. Empty: both are seen to elsewhere.')
param keyVaultId string = ''

@description('The Entra ID group (object id) of the planners, who drop plans and surveys into the planning container; empty for none.')
param plannersGroupId string = ''

@description('The Entra ID group (object id) of the operators, who follow the operations guide; empty for none.')
param operatorsGroupId string = ''

var sizes = {
  dev: {
    instanceMemoryMB: 2048
    maximumInstances: 40
    alwaysReadyInstances: 0
    requestsPerInstance: 16
    cacheBytes: 536870912
    queryMegabytes: 768
    storageRedundancy: 'LRS'
    softDeleteDays: 7
    telemetryDays: 30
    telemetryGbPerDay: 1
    alertsEvery: 'PT15M'
    hourlyUpkeep: false
  }
  prod: {
    instanceMemoryMB: 4096
    maximumInstances: 100 // 410 GB; a subscription has 512 GB in a region unless it asks for more
    alwaysReadyInstances: 2
    requestsPerInstance: 32
    cacheBytes: 536870912
    queryMegabytes: 2048
    storageRedundancy: 'ZRS'
    softDeleteDays: 30
    telemetryDays: 90
    telemetryGbPerDay: 10
    alertsEvery: 'PT5M'
    hourlyUpkeep: true
  }
}
var regionsWithoutZones = ['australiasoutheast', 'northcentralus', 'southindia', 'ukwest', 'westcentralus', 'westus']
var overZones = zoneRedundant && contains(regionsWithoutZones, location)
  ? fail('${location} has no availability zones. az functionapp list-flexconsumption-locations --zone-redundant=true prints the regions where zoneRedundant may be true.')
  : zoneRedundant
var firstMonth = empty(budgetStart) ? thisMonth : budgetStart
var sizing Sizing = sizes[environmentType]
var copied StorageRedundancy = empty(storageRedundancy) ? sizing.storageRedundancy : any(storageRedundancy)
var token = uniqueString(subscription().id, environmentName, location)
var names = {
  identity: 'id-${token}'
  storage: 'st${token}'
  workspace: 'log-${token}'
  telemetry: 'appi-${token}'
  plan: 'plan-${token}'
  app: 'func-${token}'
  topic: 'evgt-${token}'
  network: 'vnet-${token}'
  frontDoor: 'afd-${token}'
}
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    location: location
    name: names.identity
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    name: names.storage
    tags: tags
    redundancy: copied
    privateNetworking: privateNetworking
    agencyIpRanges: agencyIpRanges
    agencySubnetIds: agencySubnetIds
    softDeleteDays: sizing.softDeleteDays
    quarantineDays: 730
    rawEventDays: 35
    compactedEventDays: 400
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    workspaceName: names.workspace
    componentName: names.telemetry
    tags: tags
    retentionDays: sizing.telemetryDays
    dailyCapGb: sizing.telemetryGbPerDay
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  dependsOn: [identity, storage, monitoring]
  params: {
    storageName: names.storage
    componentName: names.telemetry
    identityName: names.identity
    plannersGroupId: plannersGroupId
  }
}

module operators 'modules/operators.bicep' = if (!empty(operatorsGroupId)) {
  scope: group
  dependsOn: [storage, functionApp]
  params: {
    groupId: operatorsGroupId
    storageName: names.storage
    appName: names.app
  }
}

module agencyRole 'modules/agency-role.bicep' = {
  scope: group
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: group
  params: {
    location: location
    name: names.network
    tags: tags
  }
}

module storageEndpoints 'modules/private-endpoint.bicep' = [for service in ['blob', 'queue', 'table']: if (privateNetworking) {
  scope: group
  params: {
    location: location
    tags: tags
    targetName: names.storage
    targetId: storage.outputs.id
    service: service
    zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}]

module keyReader 'modules/key-reader.bicep' = if (!empty(keyVaultId)) {
  scope: resourceGroup(split(keyVaultId, '/')[?2] ?? '', split(keyVaultId, '/')[?4] ?? '')
  params: {
    vaultName: last(split(keyVaultId, '/'))
    reader: names.identity
    readerPrincipalId: identity.outputs.principalId
  }
}

module keyEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking && !empty(keyVaultId)) {
  scope: group
  params: {
    location: location
    tags: tags
    targetName: last(split(keyVaultId, '/'))
    targetId: keyVaultId
    service: 'vault'
    zoneName: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}

module door 'modules/front-door.bicep' = if (frontDoor) {
  scope: group
  params: {
    name: names.frontDoor
    tags: tags
    requestsPerMinute: 600
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  dependsOn: [roles, storageEndpoints, keyReader, keyEndpoint] // its first start already asks for its package and its keys
  params: {
    location: location
    name: names.app
    planName: names.plan
    tags: tags
    sizing: sizing
    zoneRedundant: overZones
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    packageContainerUrl: storage.outputs.packageContainerUrl
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    telemetryConnectionString: monitoring.outputs.connectionString
    reportSchedule: reportSchedule
    timeZone: timeZone
    publicHostName: frontDoor ? door!.outputs.hostName : null
    portalName: portalName
    apiKeysSecretUri: apiKeysSecretUri
    pseudonymSecretUri: pseudonymSecretUri
    subnetId: privateNetworking ? network!.outputs.appSubnetId : null
    behindFrontDoor: frontDoor
    frontDoorId: frontDoor ? door!.outputs.id : null
  }
}

module events 'modules/events.bicep' = {
  scope: group
  dependsOn: [storage]
  params: {
    location: location
    name: names.topic
    tags: tags
    storageName: names.storage
  }
}

module doorToApp 'modules/front-door-route.bicep' = if (frontDoor) {
  scope: group
  params: {
    profileName: names.frontDoor
    appHostName: functionApp.outputs.hostName
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  dependsOn: [events]
  params: {
    location: location
    tags: tags
    emails: alertEmails
    workspaceId: monitoring.outputs.workspaceId
    topicName: names.topic
    every: sizing.alertsEvery
    latencyMilliseconds: 2000
    rejectedPercent: 20
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  scope: group
  params: {
    amount: monthlyBudget
    emails: alertEmails
    startDate: firstMonth
  }
}

var host = frontDoor ? door!.outputs.hostName : functionApp.outputs.hostName

@description('The region.')
output AZURE_LOCATION string = location

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app, for az functionapp and for logs.')
output AZURE_FUNCTION_APP_NAME string = functionApp.outputs.name

@description('The storage account into which agencies drop files.')
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('The topic that carries the storage account\'s events.')
output EVENT_TOPIC_NAME string = events.outputs.name

@description('Where developers ask: add catalog/datasets.')
output EXPLORE_API_URL string = 'https://${host}/api/explore/v2.1/'

@description('Where the planners\' latest report is.')
output REPORT_URL string = 'https://${host}/api/reports/latest'

@description('The first month that the budget counts: as handed in to every later deployment.')
output OPENDATA_BUDGET_START string = firstMonth

@description('How stored data is copied: as handed in to every later deployment, so that none asks for a conversion by the way.')
output OPENDATA_STORAGE_REDUNDANCY string = copied
