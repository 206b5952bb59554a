#!/usr/bin/env bash
# After azd up: whether the deployment does what it is for. First what any host can be asked (a drop, a question, a report, cache
# headers), then what only Azure knows. Needs the .NET SDK and an operator's roles, and for the drops a network from which storage
# answers; --no-drops leaves out what needs that. Ends with 1 if anything is wrong, having said what and what to do.
source "$(dirname "$0")/common.sh"
need AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP AZURE_FUNCTION_APP_NAME AZURE_STORAGE_ACCOUNT_NAME EVENT_TOPIC_NAME EXPLORE_API_URL
drops=true
case ${1:-} in
  '') ;;
  --no-drops) drops=false ;;
  *) fail "'$1' means nothing here: verify-deployment.sh [--no-drops]" ;;
esac
portal=${EXPLORE_API_URL%/api/explore/*}
app=(--resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_APP_NAME")
group="/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP"
problems=0

# expect WHAT EXPECTED WHAT_TO_DO COMMAND...: whether a command prints what it should.
expect() {
  local what=$1 expected=$2 remedy=$3 found
  shift 3
  found=$("$@" 2>/dev/null | tr '\n' ' ' | sed 's/ *$//') || found="no answer"
  if [[ $found == "$expected" ]]; then
    echo "  ok     $what"
  else
    echo "  WRONG  $what: '$found' instead of '$expected'. $remedy"
    problems=$((problems + 1))
  fi
}

status_of() { curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' "$1"; }

echo "What the portal does ($portal)"
key=$(azure functionapp keys list "${app[@]}" --query masterKey --output tsv 2>/dev/null || true)
if $drops; then storage=(--storage "$AZURE_STORAGE_ACCOUNT_NAME"); else storage=(--no-drops); fi
OPENDATA_MASTER_KEY=$key dotnet run --project "$here/../functions/OpenData.LocalHost" -- verify "$portal" "${storage[@]}" || problems=$((problems + 1))

echo "What Azure says"
unasked() { # the functions that nobody calls over HTTP
  azure functionapp function list "${app[@]}" --query '[].name' --output tsv | sed 's|.*/||' | grep -xE 'IngestOnEvent|IngestOnPoll|Retry|RetryFailed|Upkeep' | sort
}
expect 'the functions are those of the package' 'IngestOnEvent Retry RetryFailed Upkeep' 'azd deploy' unasked
subscription=(eventgrid system-topic event-subscription show --resource-group "$AZURE_RESOURCE_GROUP" --system-topic-name "$EVENT_TOPIC_NAME" --name drops --output tsv)
expect 'drops are announced' Succeeded 'azd hooks run postdeploy' azure "${subscription[@]}" --query provisioningState
expect 'what cannot be announced is kept' dead-letters 'azd hooks run postdeploy' \
  azure "${subscription[@]}" --query deadLetterWithResourceIdentity.deadLetterDestination.blobContainerName
if $drops; then
  expect 'nothing is undelivered' 0 'docs/operations.md, dead-letters' \
    azure storage blob list --account-name "$AZURE_STORAGE_ACCOUNT_NAME" --auth-mode login --container-name dead-letters --num-results 1 --query 'length(@)' --output tsv
  expect 'no drop is waiting to be given up' 0 'docs/operations.md, poison-drops' \
    azure storage message peek --account-name "$AZURE_STORAGE_ACCOUNT_NAME" --auth-mode login --queue-name webjobs-blobtrigger-poison --query 'length(@)' --output tsv
fi
identity=$(azure functionapp show "${app[@]}" --query 'identity.userAssignedIdentities.*.principalId | [0]' --output tsv 2>/dev/null || true)
expect 'the platform has its roles on storage' 'Storage Blob Data Owner Storage Queue Data Contributor Storage Table Data Contributor' 'azd provision' \
  azure role assignment list --assignee "$identity" --scope "$group/providers/Microsoft.Storage/storageAccounts/$AZURE_STORAGE_ACCOUNT_NAME" \
  --query 'sort([].roleDefinitionName)' --output tsv
if [[ $(azure functionapp config appsettings list "${app[@]}" --query "[?name=='ApiKeys'].value | [0]" --output tsv 2>/dev/null) == @* ]]; then
  expect 'the keys are read from their vault' Resolved 'OPENDATA_KEY_VAULT_ID, or the identity has no way to the vault: every key is a 401 until then' \
    az rest --method get --query properties.status --output tsv \
    --url "$group/providers/Microsoft.Web/sites/$AZURE_FUNCTION_APP_NAME/config/configreferences/appsettings/ApiKeys?api-version=2025-03-01"
fi
if [[ $portal != *"$AZURE_FUNCTION_APP_NAME."* ]]; then
  expect 'the app answers Front Door alone' 403 'azd provision' status_of "https://$AZURE_FUNCTION_APP_NAME.azurewebsites.net/api/health"
fi
expect 'alerts ask the logs' 6 'azd provision' azure resource list --resource-group "$AZURE_RESOURCE_GROUP" \
  --resource-type Microsoft.Insights/scheduledQueryRules --query 'length(@)' --output tsv
expect 'alerts watch the announcements' 2 'azd provision' azure resource list --resource-group "$AZURE_RESOURCE_GROUP" \
  --resource-type Microsoft.Insights/metricAlerts --query 'length(@)' --output tsv
if [[ ${OPENDATA_MONTHLY_BUDGET:-100} != 0 ]]; then
  expect 'the budget mails before it is spent' "${OPENDATA_MONTHLY_BUDGET:-100}" 'azd provision' az rest --method get --output tsv \
    --query 'to_string(floor(properties.amount))' --url "$group/providers/Microsoft.Consumption/budgets/opendata?api-version=2024-08-01"
fi

((problems == 0)) || fail "$problems of these are wrong."
echo 'All is as it should be.'
