import { Tags } from '../types.bicep'

metadata description = 'A private endpoint of one service, and its name inside the network.'

@description('Where the endpoint lives.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('The name of the resource that is reached through it.')
param targetName string

@description('That resource.')
param targetId string

@description('The service of that resource, as private links name it, such as blob or vault.')
param service string

@description('The private zone in which the resource has its name.')
param zoneName string

@description('The network in which the name is known.')
param networkId string

@description('The subnet in which the endpoint lives.')
param subnetId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'opendata'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: 'pe-${targetName}-${service}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: targetId
          groupIds: [service]
        }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: { privateDnsZoneId: zone.id }
        }
      ]
    }
  }
}
