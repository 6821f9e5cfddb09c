#!/usr/bin/env bash
# Installs Java and lays out NiFi from an archive as Apache publishes it: the one that is declared, whose checksum was compared when it was fetched, or one that somebody
# named, whose checksum is compared here. What runs is not touched: the next step has NiFi run from what is laid out here.
# Given, where somebody named one: ARCHIVE_URL, ARCHIVE_SHA256.
set -euo pipefail
# shellcheck source=recipes/shared/java.sh
. ../shared/java.sh
home=/opt/nifi
id nifi >/dev/null 2>&1 || useradd --system --home-dir /var/lib/nifi --no-create-home --shell /usr/sbin/nologin nifi
apt_install unzip curl openssl python3 apache2-utils
install_java

install -d -m 755 "$home"
# what an attempt has left that was cut off, gigabytes of it
rm -rf "$home"/unpacking.*
version=1.28.0 # as it is declared
release=$home/release-$version
[ -z "${ARCHIVE_URL:-}" ] || release=$home/release-${ARCHIVE_SHA256:0:16}
if [ ! -e "$release/.whole" ]; then
  work=$(mktemp -d "$home/unpacking.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  if [ -n "${ARCHIVE_URL:-}" ]; then
    log "Fetching $ARCHIVE_URL"
    archive=$work/archive.zip
    curl --fail --silent --show-error --location --proto '=http,https' --retry 3 --connect-timeout 30 --speed-limit 1000 --speed-time 120 --output "$archive" "$ARCHIVE_URL"
    if ! sha256sum --check --quiet --strict <<<"$ARCHIVE_SHA256  $archive"; then
      log "The archive has another checksum ($(sha256sum "$archive" | cut -d' ' -f1)) than the one that was named; it is not taken."
      exit 1
    fi
  else
    archive=$TRANSAT_FILES/nifi-$version-bin.zip
  fi
  unzip -q "$archive" -d "$work/tree"
  top=$(find "$work/tree" -mindepth 1 -maxdepth 1 -type d -name 'nifi-*')
  if [ "$(wc -l <<<"$top")" != 1 ] || [ -z "$(find "$top/lib" -maxdepth 1 -name 'nifi-runtime-1.*.jar' 2>/dev/null || true)" ]; then
    log "That is no archive of NiFi 1. NiFi 2 needs Java 21, which not all of these operating systems have."
    exit 1
  fi
  # without this folder NiFi does not begin, and it may make none here
  install -d "$top/docs"
  chown -R root:root "$top"
  chmod -R u=rwX,go=rX "$top"
  rm -rf "$release"
  mv "$top" "$release"
  # a machine that is cut off now is not to find files without what is in them, and the mark beside them
  sync --file-system "$release"
  touch "$release/.whole"
fi
ln -sfn "$release" "$home/next"
log "NiFi is here: $(find "$release/lib" -maxdepth 1 -name 'nifi-runtime-1.*.jar' -printf '%f\n' | sed 's/^nifi-runtime-\(.*\)\.jar$/\1/')"
