# Finds a PostgreSQL for the tests, or starts one. Sourced by tests/run.sh and tests/bench.sh.
#
# In this order: JETBRIDGE_TEST_POSTGRES_URL; a server on the standard port; a private one from installed binaries, in a
# temporary folder that is removed at the end; the same after installing the binaries with apt, when run by root.

private_postgres=""

answers() { # URL
  local address=${1#*@}
  local host=${address%%[:/]*} port=${address#*:}
  port=${port%%/*}
  (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null
}

server_binaries() {
  local folder
  for folder in $(dirname "$(command -v postgres 2>/dev/null || echo /nowhere/x)") /usr/lib/postgresql/*/bin /usr/local/opt/postgresql*/bin /opt/homebrew/opt/postgresql*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; return 0; fi
  done
  return 1
}

# PostgreSQL refuses to run as root; any other user will do.
as_server_user() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  local user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  runuser -u "$user" -- "$@"
}

start_private_postgres() { # BINARIES
  local binaries=$1 port=${JETBRIDGE_TEST_POSTGRES_PORT:-54329}
  private_postgres=$(mktemp -d "${TMPDIR:-/tmp}/jetbridge-postgres.XXXXXX")
  chmod 777 "$private_postgres"
  as_server_user "$binaries/initdb" --pgdata "$private_postgres/data" --username postgres --auth trust --encoding UTF8 --no-locale >/dev/null
  as_server_user "$binaries/pg_ctl" --pgdata "$private_postgres/data" --wait --silent --log "$private_postgres/log" \
    --options "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$private_postgres -c max_connections=200" start
  private_postgres_binaries=$binaries
  JETBRIDGE_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
}

stop_private_postgres() {
  [ -n "$private_postgres" ] || return 0
  as_server_user "$private_postgres_binaries/pg_ctl" --pgdata "$private_postgres/data" --mode immediate --silent stop || true
  rm -rf "$private_postgres"
  private_postgres=""
}

find_postgres() {
  if [ -n "${JETBRIDGE_TEST_POSTGRES_URL:-}" ]; then
    answers "$JETBRIDGE_TEST_POSTGRES_URL" || { echo "No PostgreSQL answers at JETBRIDGE_TEST_POSTGRES_URL." >&2; return 1; }
    return 0
  fi
  local url="postgres://postgres@127.0.0.1:5432/postgres"
  if answers "$url"; then
    # It may ask for a password that we do not have; only one that lets us in is of use.
    if ! command -v psql >/dev/null || psql --no-password "$url" --command 'select 1' >/dev/null 2>&1; then
      JETBRIDGE_TEST_POSTGRES_URL=$url
      return 0
    fi
  fi
  local binaries
  if ! binaries=$(server_binaries); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "Installing PostgreSQL for the tests (apt-get install postgresql)."
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
      binaries=$(server_binaries) || true
    fi
  fi
  if [ -z "${binaries:-}" ]; then
    echo "The tests need PostgreSQL 15 or newer. Install it (Debian: apt-get install postgresql), or set JETBRIDGE_TEST_POSTGRES_URL to one that may create databases, like postgres://postgres@127.0.0.1:5432/postgres." >&2
    return 1
  fi
  start_private_postgres "$binaries"
}
