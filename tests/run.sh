#!/usr/bin/env bash
# Runs every test: finds or starts what they need, then lets cargo run them and adds up the results.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/postgres.sh
source tests/nats.sh
source tests/redis.sh

log=$(mktemp)
trap 'stop_private_postgres; rm -f "$log"' EXIT

find_postgres
export JETBRIDGE_TEST_POSTGRES_URL
echo "PostgreSQL for the tests: ${JETBRIDGE_TEST_POSTGRES_URL%%\?*}"

find_nats_server
export JETBRIDGE_TEST_NATS_SERVER
echo "NATS for the tests: $JETBRIDGE_TEST_NATS_SERVER"

find_redis_server
export JETBRIDGE_TEST_REDIS_SERVER
echo "Redis for the tests: $JETBRIDGE_TEST_REDIS_SERVER"

status=0
run() {
  echo "\$ $*"
  "$@" 2>&1 | tee -a "$log" || status=1
}

# The audit of GraphQL over HTTP is a package of npm, and the frontends are built with it.
if ! command -v npm >/dev/null; then
  echo "The tests need Node.js with npm (https://nodejs.org) for the audit of GraphQL over HTTP and the frontends." >&2
  exit 1
fi
npm ci --prefix tests/audit --no-audit --no-fund --silent

# A snapshot that differs or is missing is a failure here, and not an update.
export INSTA_UPDATE=no
run cargo test --workspace --no-fail-fast

# A slice of the end-to-end suite again in the split shape, so that it cannot rot: some of each domain, subscriptions and
# attacks. `JETBRIDGE_TEST_SHAPE=split cargo test -p tests --test it` asks everything.
slice=(
  attack::document subscription:: journey:: walk_through::
  case::comment compensation::decide federation::every order::cancel profile::timeline
)
export JETBRIDGE_TEST_SHAPE=split
run cargo test --workspace --tests --no-fail-fast -- "${slice[@]}" --skip shape::

# The frontends, in a browser on a server of their own.
unset JETBRIDGE_TEST_SHAPE
run make --no-print-directory frontends
run cargo build --workspace --bin jetbridge
export JETBRIDGE_TEST_BINARY="${CARGO_TARGET_DIR:-$PWD/target}/debug/jetbridge"
run npm --prefix frontends run --silent check
run npm --prefix frontends run --silent e2e

# Each test binary, and the browser's suite, closes with a summary of its own; this is the sum of them.
awk '/^test result:/ { passed += $4; failed += $6 } /^ℹ pass / { passed += $3 } /^ℹ fail / { failed += $3 } END { printf "\n%d passed, %d failed\n", passed, failed }' "$log"
exit "$status"
