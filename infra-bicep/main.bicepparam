using 'main.bicep'

// What azd asks for or keeps in its environment: azd env set NAME VALUE. A variable that a workflow hands on without a value is empty,
// which is why every one is asked for with an empty default. Only the size has a default, and only where the variable is not there at
// all: a workflow must say it, so that none turns an environment into another one by the way.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param environmentType = readEnvironmentVariable('OPENDATA_ENVIRONMENT_TYPE', 'dev')
param zoneRedundant = toLower(readEnvironmentVariable('OPENDATA_ZONE_REDUNDANT', '')) == 'true'
param storageRedundancy = readEnvironmentVariable('OPENDATA_STORAGE_REDUNDANCY', '')
param alertEmails = filter(split(readEnvironmentVariable('OPENDATA_ALERT_EMAILS', ''), ','), address => !empty(address))
var budget = readEnvironmentVariable('OPENDATA_MONTHLY_BUDGET', '')
param monthlyBudget = empty(budget) ? 100 : int(budget)
param budgetStart = readEnvironmentVariable('OPENDATA_BUDGET_START', '')
param plannersGroupId = readEnvironmentVariable('OPENDATA_PLANNERS_GROUP_ID', '')
param operatorsGroupId = readEnvironmentVariable('OPENDATA_OPERATORS_GROUP_ID', '')
param apiKeysSecretUri = readEnvironmentVariable('OPENDATA_API_KEYS_SECRET_URI', '')
param pseudonymSecretUri = readEnvironmentVariable('OPENDATA_PSEUDONYM_SECRET_URI', '')
param keyVaultId = readEnvironmentVariable('OPENDATA_KEY_VAULT_ID', '')
param portalName = readEnvironmentVariable('OPENDATA_PORTAL_NAME', '')
param frontDoor = toLower(readEnvironmentVariable('OPENDATA_FRONT_DOOR', '')) == 'true'
param agencyIpRanges = filter(split(readEnvironmentVariable('OPENDATA_AGENCY_IP_RANGES', ''), ','), range => !empty(range))
param agencySubnetIds = filter(split(readEnvironmentVariable('OPENDATA_AGENCY_SUBNET_IDS', ''), ','), subnet => !empty(subnet))
