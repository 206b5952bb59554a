using 'main.bicep'

// What azd asks for or keeps in its environment: azd env set NAME VALUE.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param environmentType = readEnvironmentVariable('OPENDATA_ENVIRONMENT_TYPE', 'dev')
param alertEmails = filter(split(readEnvironmentVariable('OPENDATA_ALERT_EMAILS', ''), ','), address => !empty(address))
param monthlyBudget = int(readEnvironmentVariable('OPENDATA_MONTHLY_BUDGET', '100'))
param budgetStart = readEnvironmentVariable('OPENDATA_BUDGET_START', '')
param plannersGroupId = readEnvironmentVariable('OPENDATA_PLANNERS_GROUP_ID', '')
param apiKeysSecretUri = readEnvironmentVariable('OPENDATA_API_KEYS_SECRET_URI', '')
param portalName = readEnvironmentVariable('OPENDATA_PORTAL_NAME', '')
param frontDoor = bool(readEnvironmentVariable('OPENDATA_FRONT_DOOR', 'false'))
param agencyIpRanges = json(readEnvironmentVariable('OPENDATA_AGENCY_IP_RANGES', '[]'))
