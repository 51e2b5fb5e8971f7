#!/usr/bin/env bash
# Install what the tests need of the system: Chromium for the browser tests, gettext for the check of the catalogue, nginx
# for the proxy that the guide ships.
# A machine where that is not possible still runs every other test; in CI (CI=true) the tests themselves then fail.
set -euo pipefail
cd "$(dirname "$0")/.."
has() { command -v "$1" >/dev/null; }

if ! has chromium && ! has chromium-browser && ! has google-chrome; then
    scripts/install_packages.sh chromium fonts-dejavu-core ||
        echo "!!! There is no Chromium: browser tests will NOT run." >&2
fi
if ! has xgettext; then
    scripts/install_packages.sh gettext ||
        echo "!!! There is no xgettext: the Vietnamese catalogue will NOT be checked for missing sentences." >&2
fi
if ! has nginx && ! [ -x /usr/sbin/nginx ]; then
    scripts/install_packages.sh nginx-light ||
        echo "!!! There is no nginx: the proxy's configuration will NOT be tried." >&2
fi
