#!/usr/bin/env bash
# The tests need a real PostgreSQL and a real Chromium. Missing ones are installed or named, never skipped.
set -euo pipefail

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || [ -n "${KITU_TEST_DATABASE_URL:-}" ] \
    || missing+=(postgresql)
command -v chromium > /dev/null || command -v chromium-browser > /dev/null \
    || command -v google-chrome > /dev/null || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
    echo "Für die Tests fehlen diese Debian-Pakete: ${missing[*]}" >&2
    echo "Bitte einmal als root: apt-get install ${missing[*]}" >&2
    exit 1
fi

echo "Installiere ${missing[*]} (Debian) …" >&2
export DEBIAN_FRONTEND=noninteractive
for attempt in 1 2 3 4 5; do
    if apt-get -qq -o DPkg::Lock::Timeout=300 update > /dev/null \
        && apt-get -qq -o DPkg::Lock::Timeout=300 install --no-install-recommends -y \
            "${missing[@]}" > /dev/null; then
        exit 0
    fi
    echo "apt-get ist belegt oder gestört (Versuch ${attempt} von 5), neuer Versuch in 10 s" >&2
    sleep 10
done
echo "Diese Pakete ließen sich nicht installieren: ${missing[*]}" >&2
exit 1
