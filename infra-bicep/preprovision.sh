#!/usr/bin/env bash
# Before the infrastructure is made: registers what no resource of ours registers, checks the region, and hands in again what cannot
# be changed once it is there (the budget's start, how storage is copied). azd runs it; it may be run again at any time.
source "$(dirname "$0")/common.sh"
need AZURE_ENV_NAME AZURE_SUBSCRIPTION_ID AZURE_LOCATION
group="rg-$AZURE_ENV_NAME"

if [[ -n ${OPENDATA_ENVIRONMENT_TYPE+set} && -z $OPENDATA_ENVIRONMENT_TYPE ]]; then
  fail 'OPENDATA_ENVIRONMENT_TYPE is empty. Say dev or prod once: azd env set OPENDATA_ENVIRONMENT_TYPE prod, or the repository variable of that name (azd pipeline config copies it there).'
fi
azure account show --output none 2>/dev/null ||
  fail "az is not signed in, or not to the subscription $AZURE_SUBSCRIPTION_ID: az login"

# A function app in a virtual network needs Microsoft.App, although no resource of ours is of it.
for provider in Microsoft.App; do
  state=$(azure provider show --namespace "$provider" --query registrationState --output tsv)
  if [[ $state != Registered ]]; then
    say "registers the resource provider $provider; this takes a minute or two"
    azure provider register --namespace "$provider" --wait
  fi
done

# The list in main.bicep is as old as the release; this one is today's.
name_of_region() { tr -d ' ' | tr '[:upper:]' '[:lower:]'; }
listing=list-flexconsumption-locations
if [[ ${OPENDATA_ZONE_REDUNDANT:-} =~ ^[Tt][Rr][Uu][Ee]$ ]]; then listing="$listing --zone-redundant=true"; fi
# shellcheck disable=SC2086 # two words, where there are two
if regions=$(azure functionapp $listing --query '[].name' --output tsv 2>/dev/null) && [[ -n $regions ]]; then
  name_of_region <<<"$regions" | grep -qx "$(name_of_region <<<"$AZURE_LOCATION")" ||
    fail "$AZURE_LOCATION is not among the regions that az functionapp $listing prints."
else
  say 'could not ask which regions have Flex Consumption; the list in main.bicep is used'
fi

# How storage is copied is chosen once. LRS and ZRS are converted into one another by Azure, not by a deployment.
sku=$(azure storage account list --query "[?resourceGroup=='$group' && tags.\"azd-env-name\"=='$AZURE_ENV_NAME'].sku.name | [0]" --output tsv)
if [[ -n $sku ]]; then
  now=${sku#Standard_}
  asked=${OPENDATA_STORAGE_REDUNDANCY:-$now}
  [[ $asked == "$now" ]] ||
    fail "storage is $now and OPENDATA_STORAGE_REDUNDANCY asks for $asked, which a deployment cannot do. Convert the account first (docs/operations.md, From dev to prod), or: azd env set OPENDATA_STORAGE_REDUNDANCY $now"
  if [[ -z ${OPENDATA_STORAGE_REDUNDANCY:-} ]]; then azd env set OPENDATA_STORAGE_REDUNDANCY "$now"; fi
fi

# A budget keeps the month in which it began; a new one cannot begin before this month.
if [[ ${OPENDATA_MONTHLY_BUDGET:-100} != 0 ]]; then
  started=$(az rest --method get --query properties.timePeriod.startDate --output tsv 2>/dev/null \
    --url "/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$group/providers/Microsoft.Consumption/budgets/opendata?api-version=2024-08-01" || true)
  this_month=$(date -u +%Y-%m-01)
  if [[ -n $started ]]; then
    [[ ${OPENDATA_BUDGET_START:-} == "${started:0:10}" ]] || azd env set OPENDATA_BUDGET_START "${started:0:10}"
  elif [[ -n ${OPENDATA_BUDGET_START:-} && $OPENDATA_BUDGET_START < $this_month ]]; then
    fail "OPENDATA_BUDGET_START is $OPENDATA_BUDGET_START, and a new budget cannot begin before this month: azd env set OPENDATA_BUDGET_START $this_month"
  fi
fi
