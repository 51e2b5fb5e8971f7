#!/usr/bin/env bash
# Run a command on a PostgreSQL of its own, started for it and removed after it:  scripts/postgres.sh pytest -q
# The server listens on a socket in a private folder only. DATABASE_URL tells the command where it is.
set -euo pipefail
cd "$(dirname "$0")/.."

find_server() { find /usr/lib/postgresql -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -n 1; }
[ -n "$(find_server)" ] || scripts/install_packages.sh postgresql
initdb="$(find_server)"
[ -n "$initdb" ] || { echo "PostgreSQL is neither there nor installable." >&2; exit 1; }
pg_ctl="$(dirname "$initdb")/pg_ctl"

# PostgreSQL refuses to run as root, and its user may not enter root's folders.
folder="$(mktemp -d "${TMPDIR:-/tmp}/thuocdo-postgres.XXXXXX")"
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_owner=(runuser -u postgres --)
fi
owned() { (cd "$folder" && "${as_owner[@]}" "$@"); }

stop() {
    owned "$pg_ctl" --pgdata "$folder/data" --mode immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

echo "  starting $("$pg_ctl" --version)"
owned "$initdb" --pgdata "$folder/data" --username thuocdo --auth trust --encoding UTF8 --locale C.UTF-8 >/dev/null
# Nothing here has to survive a power cut, so nothing waits for the disk.
owned "$pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait start --options \
    "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off \
     -c full_page_writes=off -c shared_buffers=256MB" >/dev/null || { cat "$folder/log" >&2; exit 1; }

export DATABASE_URL="postgres://thuocdo@/postgres?host=$folder"
"$@"
