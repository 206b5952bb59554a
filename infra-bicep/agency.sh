#!/usr/bin/env bash
# Gives an agency write access to its own folder of the incoming container and to nothing else, and takes it back.
# Needs the Azure CLI, signed in as an owner of the resource group (for link and check: as the agency's own principal).
source "$(dirname "$0")/common.sh"

usage() {
  cat >&2 <<'USAGE'
agency.sh grant  AGENCY OBJECT_ID [User|Group|ServicePrincipal]   lets a principal drop into incoming/AGENCY/ (default: Group)
agency.sh create AGENCY                                           makes a service principal for an agency that has no account, and grants
agency.sh link   AGENCY [DAYS]                                    prints a link for 1 to 7 days (default 7); signed in as the agency's principal
agency.sh check  AGENCY [LINK]                                    tries what the agency may and may not do, and writes nothing; signed in as
                                                                  the agency's principal, or with a link of its own
agency.sh list                                                    who may drop where
agency.sh revoke AGENCY                                           takes every grant of the agency back, and with them its links

AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP and AZURE_STORAGE_ACCOUNT_NAME name the environment; azd env get-values prints them.
link and check need the account's name only.
USAGE
  exit 2
}

command=${1:-}
agency=${2:-}

# The name becomes part of a condition: nothing that could end a string or name another folder.
check_agency() {
  [[ -n $agency ]] || usage
  ((${#agency} <= 100)) || fail "'$agency' is longer than 100 characters."
  [[ $agency != *[!-._[:alnum:]]* && $agency != [-._]* ]] ||
    fail "'$agency' is no agency name: letters, digits, '-', '_' and '.', beginning with a letter or a digit."
}

need_environment() { need AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP AZURE_STORAGE_ACCOUNT_NAME; }

grant() {
  azure deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name "agency-$RANDOM" --template-file "$here/agency.bicep" \
    --parameters storageAccountName="$AZURE_STORAGE_ACCOUNT_NAME" agency="$agency" principalId="$1" principalType="$2" \
    --query properties.outputs.folder.value --output tsv
}

# The principal's object id, by the application's id that its creation returned: a name may be another's, or the beginning of another's.
principal_of() { az ad sp show --id "$1" --query id --output tsv 2>/dev/null; }

known() {
  principal=$(principal_of "$1") && [[ -n $principal ]]
}

create() {
  local name="opendata-agency-$agency" made app_id
  [[ $(az ad app list --filter "displayName eq '$name'" --query 'length(@)' --output tsv) == 0 ]] ||
    fail "there is an application $name already. Give it its folder with grant, or a new secret with: az ad app credential reset --id APP_ID"
  made=$(az ad sp create-for-rbac --name "$name" --years 1 --output json)
  app_id=$(sed -n 's/.*"appId": *"\([^"]*\)".*/\1/p' <<<"$made")
  # Entra ID shows what it made some seconds later, and to roles later still.
  if ! until_true 12 5 known "$app_id" || ! until_true 6 10 grant "$principal" ServicePrincipal; then
    fail "the service principal $app_id is made and has no folder yet. Again in some minutes: agency.sh grant $agency \$(az ad sp show --id $app_id --query id --output tsv) ServicePrincipal; then a new secret: az ad app credential reset --id $app_id"
  fi
  echo "Hand this to the agency over a safe channel. It is shown once and is valid for a year:" >&2
  echo "$made"
}

# One try, and whether its outcome is the expected one. A write that asks for a version that is not there (If-Match) is refused with
# 412 where writing is allowed and with 403 where it is not, and in both cases nothing is written.
problems=0
try() {
  local expected=$1 what=$2 method=$3 address=$4 status
  shift 4
  status=$(curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' --request "$method" --header 'x-ms-version: 2023-11-03' \
    ${authorization:+--header "$authorization"} "$@" "$address")
  if [[ $status == "$expected" ]]; then
    echo "ok      $what: $status"
  else
    echo "WRONG   $what: $status instead of $expected"
    problems=$((problems + 1))
  fi
}

encoded() { printf %s "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g'; }

check() {
  local link=${1:-} blobs=${STORAGE_BLOB_URL:-"https://$AZURE_STORAGE_ACCOUNT_NAME.blob.core.windows.net"} query='' authorization=''
  if [[ -n $link ]]; then
    query=${link#*\?}
  else
    authorization="Authorization: Bearer $(az account get-access-token --resource https://storage.azure.com/ --query accessToken --output tsv)"
  fi
  local write=(--header 'x-ms-blob-type: BlockBlob' --header 'If-Match: "0x0"' --data-raw '')
  local own other
  own=$(encoded "$agency")
  other=$(encoded "$agency-not")
  try 412 'may write into its own folder' PUT "$blobs/incoming/$own/check/check.csv${query:+?$query}" "${write[@]}"
  try 200 'may list its own folder' GET "$blobs/incoming?restype=container&comp=list&maxresults=1&prefix=$own/${query:+&$query}"
  try 403 'may not write into another folder' PUT "$blobs/incoming/$other/check/check.csv${query:+?$query}" "${write[@]}"
  try 403 'may not write beside the folders' PUT "$blobs/incoming/check.csv${query:+?$query}" "${write[@]}"
  try 403 'may not list another folder' GET "$blobs/incoming?restype=container&comp=list&maxresults=1&prefix=$other/${query:+&$query}"
  try 403 'may not list the whole container' GET "$blobs/incoming?restype=container&comp=list&maxresults=1${query:+&$query}"
  try 403 'may not delete in its own folder' DELETE "$blobs/incoming/$own/check/check.csv${query:+?$query}" --header 'If-Match: "0x0"'
  try 403 'may not read another container' GET "$blobs/planning?restype=container&comp=list&maxresults=1${query:+&$query}"
  ((problems == 0)) || fail "$agency can do other than it should in $problems cases: see above. A grant of the last minutes may not have arrived yet; a network that is closed to you answers 403 to all."
}

case $command in
  grant)
    check_agency
    need_environment
    [[ ${3:-} =~ ^[0-9a-fA-F-]{36}$ ]] || fail "'${3:-}' is no object id. az ad group show --group NAME --query id prints one."
    [[ ${4:-Group} =~ ^(User|Group|ServicePrincipal)$ ]] || fail "'$4' is no kind of principal: User, Group or ServicePrincipal."
    grant "$3" "${4:-Group}"
    ;;
  create)
    check_agency
    need_environment
    create
    ;;
  link)
    check_agency
    need AZURE_STORAGE_ACCOUNT_NAME
    days=${3:-7}
    [[ $days =~ ^[1-7]$ ]] || fail "'$days' days: a link is valid for 1 to 7 days."
    expiry=$(date -u -d "+$days days" +%Y-%m-%dT%H:%MZ 2>/dev/null || date -u -v "+${days}d" +%Y-%m-%dT%H:%MZ)
    sas=$(az storage container generate-sas --account-name "$AZURE_STORAGE_ACCOUNT_NAME" --name incoming --permissions acrwl \
      --expiry "$expiry" --https-only --auth-mode login --as-user --output tsv)
    echo "https://$AZURE_STORAGE_ACCOUNT_NAME.blob.core.windows.net/incoming?$sas"
    ;;
  check)
    check_agency
    need AZURE_STORAGE_ACCOUNT_NAME
    check "${3:-}"
    ;;
  list)
    need_environment
    scope="$(azure storage account show --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_STORAGE_ACCOUNT_NAME" --query id --output tsv)"
    azure role assignment list --scope "$scope/blobServices/default/containers/incoming" --include-inherited --output table \
      --query "[?starts_with(description || '', 'opendata-agency:')].{agency:description, principal:principalName, type:principalType, since:createdOn}"
    ;;
  revoke)
    check_agency
    need_environment
    ids=$(azure role assignment list --all --output tsv \
      --query "[?description=='opendata-agency:$agency' && contains(join('', [scope, '/']), '/storageAccounts/$AZURE_STORAGE_ACCOUNT_NAME/')].id")
    [[ -n $ids ]] || fail "$agency has no grant."
    # shellcheck disable=SC2086 # one argument an id
    az role assignment delete --ids $ids
    echo "$agency may no longer drop. Storage forgets within minutes; az storage account revoke-delegation-keys ends every agency's links at once."
    ;;
  *) usage ;;
esac
