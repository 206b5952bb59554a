#!/usr/bin/env bash
# Gives an agency write access to its own folder of the incoming container and to nothing else, and takes it back.
# Needs the Azure CLI, signed in as an owner of the resource group (for link: as the agency's own principal).
set -euo pipefail

usage() {
  cat >&2 <<'USAGE'
agency.sh grant  AGENCY OBJECT_ID [User|Group|ServicePrincipal]   lets a principal drop into incoming/AGENCY/ (default: Group)
agency.sh create AGENCY                                           makes a service principal for an agency that has no account, and grants
agency.sh link   AGENCY [DAYS]                                    prints a link for 1 to 7 days (default 7); signed in as the agency's principal
agency.sh list                                                    who may drop where
agency.sh revoke AGENCY                                           takes every grant of the agency back, and with them its links

AZURE_RESOURCE_GROUP and AZURE_STORAGE_ACCOUNT_NAME name the environment; azd env get-values prints them.
USAGE
  exit 2
}

fail() {
  echo "agency.sh: $1" >&2
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
group=${AZURE_RESOURCE_GROUP:-}
account=${AZURE_STORAGE_ACCOUNT_NAME:-}
command=${1:-}
agency=${2:-}

check_environment() {
  command -v az >/dev/null || fail "the Azure CLI (az) is not installed: https://aka.ms/installazurecli"
  [[ -n $group && -n $account ]] || fail 'AZURE_RESOURCE_GROUP or AZURE_STORAGE_ACCOUNT_NAME is not set. In an azd environment: eval "$(azd env get-values | sed "s/^/export /")"'
}

# The name becomes part of a condition: nothing that could end a string or name another folder.
check_agency() {
  [[ -n $agency ]] || usage
  ((${#agency} <= 100)) || fail "'$agency' is longer than 100 characters."
  [[ $agency != *[!-._[:alnum:]]* && $agency != [-._]* ]] ||
    fail "'$agency' is no agency name: letters, digits, '-', '_' and '.', beginning with a letter or a digit."
}

container_scope() {
  local id
  id=$(az storage account show --resource-group "$group" --name "$account" --query id --output tsv)
  echo "$id/blobServices/default/containers/incoming"
}

grants() {
  local scope
  scope=$(container_scope)
  az role assignment list --scope "$scope" --include-inherited --query "[?starts_with(description || '', 'opendata-agency:$1')].$2" --output "$3"
}

grant() {
  az deployment group create --resource-group "$group" --name "agency-$RANDOM" --template-file "$here/agency.bicep" \
    --parameters storageAccountName="$account" agency="$agency" principalId="$1" principalType="$2" \
    --query properties.outputs.folder.value --output tsv
}

case $command in
  grant)
    check_agency
    check_environment
    [[ ${3:-} =~ ^[0-9a-fA-F-]{36}$ ]] || fail "'${3:-}' is no object id. az ad group show --group NAME --query id prints one."
    [[ ${4:-Group} =~ ^(User|Group|ServicePrincipal)$ ]] || fail "'$4' is no kind of principal: User, Group or ServicePrincipal."
    grant "$3" "${4:-Group}"
    ;;
  create)
    check_agency
    check_environment
    echo "Hand this to the agency over a safe channel. It is shown once and is valid for a year:" >&2
    az ad sp create-for-rbac --name "opendata-agency-$agency" --years 1 --output json
    grant "$(az ad sp list --display-name "opendata-agency-$agency" --query '[0].id' --output tsv)" ServicePrincipal
    ;;
  link)
    check_agency
    check_environment
    days=${3:-7}
    [[ $days =~ ^[1-7]$ ]] || fail "'$days' days: a link is valid for 1 to 7 days."
    expiry=$(date -u -d "+$days days" +%Y-%m-%dT%H:%MZ 2>/dev/null || date -u -v "+${days}d" +%Y-%m-%dT%H:%MZ)
    sas=$(az storage container generate-sas --account-name "$account" --name incoming --permissions acrwl --expiry "$expiry" \
      --https-only --auth-mode login --as-user --output tsv)
    echo "https://$account.blob.core.windows.net/incoming?$sas"
    ;;
  list)
    check_environment
    grants '' '{agency:description, principal:principalName, type:principalType, since:createdOn}' table
    ;;
  revoke)
    check_agency
    check_environment
    ids=$(az role assignment list --all --query "[?description=='opendata-agency:$agency' && contains(scope, '/$account')].id" --output tsv)
    [[ -n $ids ]] || fail "$agency has no grant."
    # shellcheck disable=SC2086 # one argument an id
    az role assignment delete --ids $ids
    echo "$agency may no longer drop. Storage forgets within minutes; az storage account revoke-delegation-keys ends every agency's links at once."
    ;;
  *) usage ;;
esac
