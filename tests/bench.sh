#!/usr/bin/env bash
# Measures the product on this machine, on SQLite and on PostgreSQL, and prints a table; docs/performance.md keeps one.
# Arguments go to the measuring program: `bash tests/bench.sh --help` lists them.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/postgres.sh

# The long proof of the gateway measures nothing: it needs neither the binary nor a database.
if [[ "$*" == "--part differential" ]]; then
  export JETBRIDGE_DIFFERENTIAL_CASES="${JETBRIDGE_DIFFERENTIAL_CASES:-100000}"
  exec cargo test --release --package schema-gateway --test differential -- --nocapture
fi

# Nor does planning.
if [[ "$*" == "--part plan" ]]; then
  exec cargo bench --package schema-gateway --bench plan
fi

# Nor do the rules.
if [[ "$*" == "--part assess" ]]; then
  exec cargo bench --package schema-compensation --bench assess
fi

trap stop_private_postgres EXIT

# Gateways of others are fetched only where they are asked for by name: they are no part of the product, and the licence
# of Apollo's is none of open source. One that cannot be fetched is left out.
if [[ "$*" == *gateways* ]]; then
  for peer in tests/bench-peers/*/; do
    npm ci --prefix "$peer" --ignore-scripts --no-audit --no-fund --silent || true
  done
fi

# Sockets take a file each, here and in the server.
ulimit -n "$(ulimit -H -n)"

# Built apart, so that the binary that is measured is the one that `make release` makes.
cargo build --release --bin jetbridge
cargo build --release --package tests --bin bench

find_postgres
export JETBRIDGE_TEST_POSTGRES_URL

target=$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
"$target/release/bench" "$@"
