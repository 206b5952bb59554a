metadata description = 'The types that main.bicep shares with its modules.'

@export()
@description('How large an environment is.')
type Sizing = {
  @description('Memory of an instance in MB; processors come in proportion.')
  instanceMemoryMB: 2048 | 4096

  @description('The most instances at one time.')
  @minValue(1)
  @maxValue(1000)
  maximumInstances: int

  @description('Instances kept warm for HTTP, against cold starts.')
  @minValue(0)
  alwaysReadyInstances: int

  @description('HTTP requests that one instance works on at a time before another is started.')
  @minValue(1)
  @maxValue(1000)
  requestsPerInstance: int

  @description('Bytes of an instance\'s local disk for the Parquet that queries read.')
  @minValue(1)
  cacheBytes: int

  @description('Megabytes of memory that questions may use together before they spill to disk.')
  @minValue(128)
  queryMegabytes: int

  @description('How stored data is copied where nothing else is chosen.')
  storageRedundancy: StorageRedundancy

  @description('For how many days a deleted blob can be brought back.')
  @minValue(1)
  @maxValue(365)
  softDeleteDays: int

  @description('For how many days telemetry is kept.')
  @minValue(30)
  @maxValue(730)
  telemetryDays: int

  @description('Gigabytes of telemetry a day after which no more is taken.')
  @minValue(1)
  telemetryGbPerDay: int

  @description('How often the most urgent alerts look, as an ISO 8601 duration: every five minutes costs three times as much as every fifteen.')
  alertsEvery: 'PT5M' | 'PT15M'

  @description('Whether forgotten drops are looked for every hour; otherwise once a day, with the report.')
  hourlyUpkeep: bool
}

@export()
@description('How often the data is copied: once in a datacentre (LRS), once in each zone (ZRS), or also to the paired region (GZRS).')
type StorageRedundancy = 'LRS' | 'ZRS' | 'GZRS'

@export()
@description('Tags of every resource.')
type Tags = {
  @description('A tag\'s value by its name.')
  *: string
}
