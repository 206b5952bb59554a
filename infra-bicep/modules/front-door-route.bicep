metadata description = 'Leads Front Door to the app. Apart from the profile, because the app must know the profile\'s id first.'

@description('The profile\'s name.')
param profileName string

@description('The app\'s host name.')
param appHostName string

resource profile 'Microsoft.Cdn/profiles@2025-04-15' existing = {
  name: profileName

  resource endpoint 'afdEndpoints' existing = {
    name: profileName
  }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2025-04-15' = {
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

// Where answers are cached Front Door does not forward Accept, and it ignores Vary: formats have addresses of their own. Who asks for
// one by Accept all the same is led past the cache, with the header.
resource negotiated 'Microsoft.Cdn/profiles/ruleSets@2025-04-15' = {
  parent: profile
  name: 'negotiated'

  resource format 'rules' = {
    name: 'format'
    properties: {
      order: 1
      conditions: [
        {
          name: 'RequestHeader'
          parameters: {
            typeName: 'DeliveryRuleRequestHeaderConditionParameters'
            selector: 'Accept'
            operator: 'Contains'
            matchValues: ['text/csv', 'application/geo+json', 'application/x-ndjson', 'application/jsonl', 'application/ld+json']
            transforms: ['Lowercase']
          }
        }
      ]
      actions: [
        {
          name: 'RouteConfigurationOverride'
          parameters: { typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters' } // no cacheConfiguration: no cache
        }
      ]
    }
  }
}

var served = {
  originGroup: { id: origins.id }
  supportedProtocols: ['Http', 'Https']
  httpsRedirect: 'Enabled'
  forwardingProtocol: 'HttpsOnly'
  linkToDefaultDomain: 'Enabled'
}

// What many ask alike. The API says by Cache-Control and ETag what may be kept; every query is its own entry.
resource data 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = {
  parent: profile::endpoint
  name: 'data'
  dependsOn: [origins::app, negotiated::format]
  properties: union(served, {
    patternsToMatch: ['/api/explore/*']
    ruleSets: [{ id: negotiated.id }]
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: ['application/json', 'text/csv', 'application/x-ndjson', 'application/geo+json', 'text/turtle', 'application/rdf+xml', 'application/ld+json', 'application/rss+xml']
      }
    }
  })
}

// Everything else: uploads, requests, reports, health, pages, and what the app itself answers at the root, such as /data.json, where
// harvesters of DCAT-US look. Languages and formats are negotiated there, and nothing is cached.
resource everything 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = {
  parent: profile::endpoint
  name: 'everything'
  dependsOn: [origins::app]
  properties: union(served, { patternsToMatch: ['/*'] })
}
