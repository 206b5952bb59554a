#!/usr/bin/env bash
# After the code: waits until the app runs and has the key that Event Grid calls with, then subscribes Event Grid to the drops.
# azd runs it; it may be run again at any time, and changes nothing that is right.
source "$(dirname "$0")/common.sh"
need AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP AZURE_FUNCTION_APP_NAME AZURE_STORAGE_ACCOUNT_NAME EVENT_TOPIC_NAME EXPLORE_API_URL

healthy() {
  [[ $(curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' "${EXPLORE_API_URL%/explore/*}/health") == 200 ]]
}

# The key is there once the host has started with a function that Event Grid announces blobs to.
has_key() {
  [[ $(azure functionapp keys list --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_APP_NAME" \
    --query 'length(systemKeys.blobs_extension || `""`) > `0`' --output tsv 2>/dev/null) == true ]]
}

subscribe() {
  azure deployment group create --resource-group "$AZURE_RESOURCE_GROUP" --name event-subscription \
    --template-file "$here/event-subscription.bicep" --output none \
    --parameters functionAppName="$AZURE_FUNCTION_APP_NAME" systemTopicName="$EVENT_TOPIC_NAME" storageAccountName="$AZURE_STORAGE_ACCOUNT_NAME"
}

say 'waits for the app'
until_true 20 15 healthy || say "the app does not answer yet at ${EXPLORE_API_URL%/explore/*}/health; a new Front Door takes up to half an hour"
until_true 40 15 has_key ||
  fail 'the app has had no key blobs_extension for ten minutes: it does not start, or it has no function IngestOnEvent. az functionapp function list shows the functions, Application Insights the exception. Then: azd hooks run postdeploy'
say 'subscribes to the drops'
until_true 10 30 subscribe ||
  fail 'Event Grid could not subscribe within five minutes; its message is above. Drops are not lost meanwhile: the sweep finds them. Again: azd hooks run postdeploy'
say 'done. infra-bicep/verify-deployment.sh checks the whole.'
