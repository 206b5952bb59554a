metadata description = 'Leads Front Door to the app. Apart from the profile, because the app must know the profile\'s id first.'

@description('The profile\'s name.')
param profileName string

@description('The app\'s host name.')
param appHostName string

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: profileName

  resource endpoint 'afdEndpoints' existing = {
    name: profileName
  }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: 'app'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 2
      additionalLatencyInMilliseconds: 50
    }
    healthProbeSettings: {
      probePath: '/api/health'
      probeProtocol: 'Https'
      probeRequestType: 'GET'
      probeIntervalInSeconds: 240
    }
  }

  resource app 'origins' = {
    name: 'app'
    properties: {
      hostName: appHostName
      originHostHeader: appHostName
      httpsPort: 443
      enforceCertificateNameCheck: true
    }
  }
}

resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: profile::endpoint
  name: 'api'
  dependsOn: [origins::app]
  properties: {
    originGroup: { id: origins.id }
    patternsToMatch: ['/api/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    // The API says by Cache-Control and ETag what may be kept; every query is its own entry.
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: ['application/json', 'text/csv', 'text/html', 'application/x-ndjson', 'application/geo+json']
      }
    }
  }
}
