# Finds nats-server for the tests, which start servers of their own with it. Sourced by tests/run.sh.
#
# In this order: JETBRIDGE_TEST_NATS_SERVER; one on the path or where Debian installs it; Debian's package, when run by root;
# the same release for this machine from GitHub, into the target folder.

NATS_RELEASE=v2.10.29

find_nats_server() {
  if [ -n "${JETBRIDGE_TEST_NATS_SERVER:-}" ]; then
    [ -x "$JETBRIDGE_TEST_NATS_SERVER" ] || { echo "JETBRIDGE_TEST_NATS_SERVER names no program." >&2; return 1; }
    return 0
  fi
  nats_server_binary && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing NATS for the tests (apt-get install nats-server)."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nats-server >/dev/null || true
    nats_server_binary && return 0
  fi
  download_nats_server || true
  nats_server_binary && return 0
  echo "The tests need nats-server 2.9 or newer. Install it (Debian: apt-get install nats-server; others: https://nats.io/download), or set JETBRIDGE_TEST_NATS_SERVER to the program." >&2
  return 1
}

nats_server_binary() {
  local program
  for program in "$(command -v nats-server 2>/dev/null)" /usr/sbin/nats-server /usr/local/bin/nats-server "${CARGO_TARGET_DIR:-target}/nats-server"; do
    if [ -n "$program" ] && [ -x "$program" ]; then
      JETBRIDGE_TEST_NATS_SERVER=$(realpath "$program")
      return 0
    fi
  done
  return 1
}

download_nats_server() {
  local system machine name folder=${CARGO_TARGET_DIR:-target}
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in x86_64 | amd64) machine=amd64 ;; aarch64 | arm64) machine=arm64 ;; *) return 1 ;; esac
  name=nats-server-$NATS_RELEASE-$system-$machine
  echo "Downloading $name for the tests."
  mkdir -p "$folder"
  curl -fsSL "https://github.com/nats-io/nats-server/releases/download/$NATS_RELEASE/$name.tar.gz" |
    tar -xz -C "$folder" --strip-components 1 "$name/nats-server"
}
