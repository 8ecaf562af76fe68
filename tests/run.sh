#!/usr/bin/env bash
# Runs every test: finds or starts what they need, then lets cargo run them and adds up the results.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/postgres.sh

log=$(mktemp)
trap 'stop_private_postgres; rm -f "$log"' EXIT

find_postgres
export JETBRIDGE_TEST_POSTGRES_URL
echo "PostgreSQL for the tests: ${JETBRIDGE_TEST_POSTGRES_URL%%\?*}"

status=0
run() {
  echo "\$ $*"
  "$@" 2>&1 | tee -a "$log" || status=1
}

# The audit of GraphQL over HTTP is a package of npm.
if ! command -v npm >/dev/null; then
  echo "The tests need Node.js with npm (https://nodejs.org) for the audit of GraphQL over HTTP." >&2
  exit 1
fi
npm ci --prefix tests/audit --no-audit --no-fund --silent

# A snapshot that differs or is missing is a failure here, and not an update.
export INSTA_UPDATE=no
run cargo test --workspace --no-fail-fast

# Each test binary closes with a summary of its own; this is the sum of them.
awk '/^test result:/ { passed += $4; failed += $6 } END { printf "\n%d passed, %d failed\n", passed, failed }' "$log"
exit "$status"
