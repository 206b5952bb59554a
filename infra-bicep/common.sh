# What the scripts beside this file share. Source it; it runs nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
script=$(basename "$0")

# Says what was wrong and what to do, and ends.
fail() {
  echo "$script: $1" >&2
  exit 1
}

# What it tells on the way goes to the other stream than results.
say() {
  echo "$script: $1" >&2
}

# Every call names azd's subscription: az has a default of its own, and it may be another one.
azure() {
  az "$@" --subscription "$AZURE_SUBSCRIPTION_ID"
}

# need NAME...: the variables that azd keeps in its environment.
need() {
  command -v az >/dev/null || fail "the Azure CLI (az) is not installed: https://aka.ms/installazurecli"
  local name
  for name in "$@"; do
    [[ -n ${!name:-} ]] || fail "$name is not set. In an azd environment: eval \"\$(azd env get-values | sed 's/^/export /')\""
  done
}

# until_true TRIES SECONDS COMMAND...: whether the command succeeded at last. SCRIPT_PAUSE, where set, stands for the seconds.
until_true() {
  local tries=$1 pause=${SCRIPT_PAUSE:-$2} try
  shift 2
  for ((try = 1; try <= tries; try++)); do
    if "$@"; then return 0; fi
    ((try == tries)) || sleep "$pause"
  done
  return 1
}
