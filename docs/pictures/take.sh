#!/usr/bin/env bash
# Takes the pictures of the documents from a running LocalHost with the samples: docs/pictures/take.sh [http://127.0.0.1:7071]
# The picture of the agency's desk is taken by its browser test: OPENDATA_PICTURES=docs/pictures dotnet test --filter Category=Browser
set -euo pipefail
address=${1:-http://127.0.0.1:7071}
folder=$(cd "$(dirname "$0")" && pwd)
take() { chromium --headless --no-sandbox --hide-scrollbars --window-size=1280,1000 --screenshot="$folder/$1.png" "$address$2"; }
take home /portal/ko
take dataset /portal/ko/datasets/apartment-sales@molit
take table '/portal/en/datasets/fire-incidents@nfa/table?f.%EC%8B%9C%EB%8F%84=%EA%B2%BD%EA%B8%B0&sort=%EB%B0%9C%EC%83%9D%EC%9D%BC%EC%8B%9C&desc=1'
