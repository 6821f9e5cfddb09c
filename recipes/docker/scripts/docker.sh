#!/usr/bin/env bash
# Installs the distribution's Docker, and has it start anew only where its settings have changed.
# Given: WITHOUT_SUDO (true or false: whether the login user may use it).
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# Where the kernel has AppArmor, Docker begins no container without its parser, which its package only recommends.
apt_install docker.io apparmor jq

settings=/etc/docker/daemon.json stands=/etc/docker/.transat-stands
install -d /etc/docker
# What an administrator has set beside these stays; containers go on while Docker begins anew.
there='{}'
if [ -s "$settings" ]; then there=$(cat "$settings"); fi
wanted=$(jq '{"live-restore": true, "log-driver": "local"} + .' <<<"$there")
if [ "$(cat "$settings" 2>/dev/null || true)" != "$wanted" ]; then
  rm -f "$stands"
  # in one move: half of it could not be read again. Who may read it is as it was.
  [ ! -e "$settings" ] || cp --preserve=mode,ownership "$settings" "$settings.new"
  printf '%s\n' "$wanted" >"$settings.new"
  mv -f "$settings.new" "$settings"
fi
begin_anew "$stands" docker

if [ "$WITHOUT_SUDO" = true ]; then
  usermod --append --groups docker "$LOGIN_USER"
elif [ -e /etc/docker/.transat-login ]; then
  gpasswd --delete "$LOGIN_USER" docker >/dev/null || true
fi
# only who was let in here is put out again
if [ "$WITHOUT_SUDO" = true ]; then touch /etc/docker/.transat-login; else rm -f /etc/docker/.transat-login; fi

output version "$(docker version --format '{{.Server.Version}}')"
