#!/usr/bin/env bash
# Installs Docker Compose as the distribution packages it, and brings up what a repository describes, where one is named.
# Given: REPOSITORY (address that git clones, or empty), BRANCH (or empty), FOLDER (in the repository, or empty).
set -euo pipefail
apt-get -qq update || true
# Debian 12 has the program alone, Ubuntu Docker's plugin, which has the program's name, too.
if apt-cache show docker-compose-v2 >/dev/null 2>&1; then apt_install docker-compose-v2; else apt_install docker-compose; fi
compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }
log "$(compose version | head -n 1)"
[ -n "$REPOSITORY" ] || exit 0

apt_install git
work=/opt/docker_compose
if [ -d "$work/.git" ]; then
  # of an attempt that was cut off: git would wait for it for ever
  rm -f "$work"/.git/*.lock
  git -C "$work" fetch --quiet --depth 1 -- "$REPOSITORY" "${BRANCH:-HEAD}"
  git -C "$work" checkout --quiet --force FETCH_HEAD
else
  rm -rf "$work.new"
  git clone --quiet --depth 1 ${BRANCH:+--branch "$BRANCH"} -- "$REPOSITORY" "$work.new"
  mv "$work.new" "$work"
fi
cd "$work/$FOLDER"
compose up --detach --remove-orphans
compose ps
