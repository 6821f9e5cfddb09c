#!/usr/bin/env bash
# How a script takes over files that a program reads, and has it begin anew with them. It has this by `. ../shared/put.sh` on a line of its own.

# put NEW FILE [OWNER:]GROUP MODE MARK: takes over what is new. The mark is gone from before something changes until what reads it has begun anew: a restart that was cut
# off is made up for.
put() {
  cmp -s "$1" "$2" && return
  rm -f "$5"
  local owner=root
  [[ "$3" != *:* ]] || owner=${3%%:*}
  install -o "$owner" -g "${3##*:}" -m "$4" "$1" "$2"
}

# begin_anew MARK UNIT: where something has changed, or it does not run. Whoever is at work there is not cut off otherwise.
begin_anew() {
  if [ -e "$1" ] && systemctl is-active -q "$2"; then return; fi
  systemctl daemon-reload
  systemctl enable -q "$2"
  systemctl restart "$2"
  touch "$1"
}
