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

// Harvesters of DCAT-US look for the catalogue at the root, where the app has nothing.
resource harvest 'Microsoft.Cdn/profiles/ruleSets@2025-06-01' = {
  parent: profile
  name: 'harvest'

  resource dataJson 'rules' = {
    name: 'dataJson'
    properties: {
      order: 1
      conditions: [
        {
          name: 'UrlPath'
          parameters: {
            typeName: 'DeliveryRuleUrlPathMatchConditionParameters'
            operator: 'Equal'
            matchValues: ['data.json']
          }
        }
      ]
      actions: [
        {
          name: 'UrlRedirect'
          parameters: {
            typeName: 'DeliveryRuleUrlRedirectActionParameters'
            redirectType: 'TemporaryRedirect'
            destinationProtocol: 'MatchRequest'
            customPath: '/api/explore/v2.1/catalog/exports/data.json'
          }
        }
      ]
    }
  }
}

resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: profile::endpoint
  name: 'api'
  dependsOn: [origins::app, harvest::dataJson]
  properties: {
    originGroup: { id: origins.id }
    patternsToMatch: ['/api/*', '/data.json']
    ruleSets: [{ id: harvest.id }]
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    // The API says by Cache-Control and ETag what may be kept; every query is its own entry.
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: ['application/json', 'text/csv', 'text/html', 'application/x-ndjson', 'application/geo+json', 'text/turtle', 'application/rdf+xml', 'application/ld+json', 'application/rss+xml']
      }
    }
  }
}
