import { Tags } from '../types.bicep'

metadata description = 'Front Door before the API: answers that may be cached come from near the caller, and nobody asks more often than is fair.'

@description('The profile\'s name.')
param name string

@description('Tags of every resource.')
param tags Tags

@description('Requests that one address may make in a minute.')
@minValue(10)
param requestsPerMinute int

resource profile 'Microsoft.Cdn/profiles@2025-04-15' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    originResponseTimeoutSeconds: 240 // an export streams for as long as the platform lets it
  }

  resource endpoint 'afdEndpoints' = {
    name: name
    location: 'global'
    tags: tags
    properties: { enabledState: 'Enabled' }
  }
}

resource rules 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies@2025-03-01' = {
  name: 'waf${uniqueString(profile.id)}'
  location: 'global'
  tags: tags
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    policySettings: {
      enabledState: 'Enabled'
      mode: 'Prevention'
      customBlockResponseStatusCode: 429
    }
    customRules: {
      rules: [
        {
          // The Functions host's own addresses ask for keys; from here nobody has reason to call them.
          name: 'host'
          priority: 10
          ruleType: 'MatchRule'
          action: 'Block'
          matchConditions: [
            {
              matchVariable: 'RequestUri'
              operator: 'RegEx'
              matchValue: ['^https?://[^/]+/(admin|runtime)/']
              transforms: ['Lowercase']
            }
          ]
        }
        {
          name: 'fairness'
          priority: 100
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: requestsPerMinute
          action: 'Block'
          matchConditions: [
            {
              matchVariable: 'RequestUri'
              operator: 'Contains'
              matchValue: ['/'] // every address: the app also answers what is none
            }
          ]
        }
      ]
    }
  }
}

resource protection 'Microsoft.Cdn/profiles/securityPolicies@2025-04-15' = {
  parent: profile
  name: 'fairness'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: rules.id }
      associations: [
        {
          domains: [{ id: profile::endpoint.id }]
          patternsToMatch: ['/*']
        }
      ]
    }
  }
}

@description('The id that Front Door sends with each request, by which the app knows it.')
output id string = profile.properties.frontDoorId

@description('The host name that callers use.')
output hostName string = profile::endpoint.properties.hostName
