import { Tags } from '../types.bicep'

metadata description = 'The private network: a subnet for the app and one for the private endpoints.'

@description('Where the network lives.')
param location string

@description('The network\'s name.')
param name string

@description('Tags of every resource.')
param tags Tags

resource appRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-${name}-app'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'no-inbound'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/24' // Flex Consumption needs no address an instance: a /27 would do
          networkSecurityGroup: { id: appRules.id }
          defaultOutboundAccess: true // telemetry, sign-ins and Key Vault are outside; said here, because what is meant by silence changes
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.0/27'
          privateEndpointNetworkPolicies: 'Enabled'
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

@description('The network\'s resource id.')
output id string = network.id

@description('The subnet through which the app goes out.')
output appSubnetId string = '${network.id}/subnets/app'

@description('The subnet in which the private endpoints live.')
output endpointSubnetId string = '${network.id}/subnets/endpoints'
