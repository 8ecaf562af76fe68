# To be sourced: finds a redis-server for the tests, or installs one where that can be done without asking.

find_redis_server() {
  local candidate
  for candidate in "${JETBRIDGE_TEST_REDIS_SERVER:-}" redis-server valkey-server; do
    if [[ -n "$candidate" ]] && command -v "$candidate" >/dev/null; then
      JETBRIDGE_TEST_REDIS_SERVER=$(command -v "$candidate")
      return
    fi
  done
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    apt-get install -y -q redis-server >/dev/null
    JETBRIDGE_TEST_REDIS_SERVER=$(command -v redis-server)
    return
  fi
  echo "The tests need redis-server or valkey-server: install one, or say where it is by JETBRIDGE_TEST_REDIS_SERVER." >&2
  exit 1
}
