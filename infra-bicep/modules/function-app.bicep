import { Sizing, Tags } from '../types.bicep'

metadata description = 'The function app on Flex Consumption: scales to nothing, pays by the second, acts as the platform\'s identity.'

@description('Where the app lives.')
param location string

@description('The app\'s name, unique in the world: its address begins with it.')
param name string

@description('The plan\'s name.')
param planName string

@description('Tags of every resource.')
param tags Tags

@description('How large instances are and how many there may be.')
param sizing Sizing

@description('Whether instances are spread over the region\'s zones.')
param zoneRedundant bool

@description('The platform\'s identity.')
param identityId string

@description('The platform\'s identity, as the application asks for tokens.')
param identityClientId string

@description('The container that holds the app\'s package.')
param packageContainerUrl string

@description('The account\'s blob endpoint.')
param blobEndpoint string

@description('The account\'s queue endpoint.')
param queueEndpoint string

@description('The account\'s table endpoint.')
param tableEndpoint string

@description('Names the Application Insights component.')
param telemetryConnectionString string

@description('The time zone in which days are counted: the setting TimeZone.')
param timeZone string

@description('When the planners\' report is made: an NCRONTAB expression with seconds, in UTC.')
param reportSchedule string

@description('The host name that the public uses; null for the app\'s own.')
param publicHostName string?

@description('Who runs the portal, as harvesters are told; empty for the host\'s name.')
param portalName string

@description('The address of the Key Vault secret that holds clients\' keys; empty for none. The platform\'s identity must be allowed to read it.')
param apiKeysSecretUri string

@description('The Key Vault secret with which columns become pseudonyms; empty for none.')
param pseudonymSecretUri string

@description('The subnet through which the app reaches storage; null where networking is not private.')
param subnetId string?

@description('Whether Front Door alone may call the app.')
param behindFrontDoor bool

@description('The id by which that Front Door is known; null where callers come directly.')
param frontDoorId string?

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true // Linux
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app by this tag.
  tags: union(tags, { 'azd-service-name': 'opendata' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: sizing.instanceMemoryMB
        maximumInstanceCount: sizing.maximumInstances
        alwaysReady: sizing.alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: sizing.alwaysReadyInstances }]
        triggers: { http: { perInstanceConcurrency: sizing.requestsPerInstance } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: behindFrontDoor ? 'Deny' : 'Allow'
      ipSecurityRestrictions: !behindFrontDoor ? [] : [
        {
          name: 'front-door'
          priority: 100
          action: 'Allow'
          tag: 'ServiceTag'
          ipAddress: 'AzureFrontDoor.Backend'
          headers: { 'x-azure-fdid': [frontDoorId!] }
        }
        {
          name: 'drops' // Event Grid tells the blob trigger of each drop
          priority: 200
          action: 'Allow'
          tag: 'ServiceTag'
          ipAddress: 'AzureEventGrid'
        }
      ]
      scmIpSecurityRestrictionsUseMain: false
    }
  }

  // Every setting is explained in the README; a test holds this list, the sample and the code together.
  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__blobServiceUri: blobEndpoint
      AzureWebJobsStorage__queueServiceUri: queueEndpoint
      AzureWebJobsStorage__tableServiceUri: tableEndpoint
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
      AzureWebJobsDisableHomepage: 'true' // the root is the app's own
      PublicUrl: 'https://${publicHostName ?? app.properties.defaultHostName}'
      PortalName: portalName
      CallsPerMinute: '6000'
      CallsPerMinuteWithKey: '60000'
      PseudonymSecret: empty(pseudonymSecretUri) ? '' : '@Microsoft.KeyVault(SecretUri=${pseudonymSecretUri})'
      ApiKeys: empty(apiKeysSecretUri) ? '' : '@Microsoft.KeyVault(SecretUri=${apiKeysSecretUri})'
      FrontDoorId: frontDoorId ?? ''
      ReportSchedule: reportSchedule
      UpkeepSchedule: sizing.hourlyUpkeep ? '0 0 * * * *' : reportSchedule
      TimeZone: timeZone
      CachePath: '/tmp/opendata-cache'
      CacheBytes: string(sizing.cacheBytes)
      QuerySeconds: '20'
      QueryMegabytes: string(sizing.queryMegabytes)
    }
  }

  // Deployment asks Entra ID; the publishing passwords that every app is born with stay shut.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('The app\'s resource id.')
output id string = app.id

@description('The app\'s name.')
output name string = app.name

@description('The app\'s host name.')
output hostName string = app.properties.defaultHostName
