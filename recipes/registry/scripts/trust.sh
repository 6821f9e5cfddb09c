#!/usr/bin/env bash
# Has Docker, Podman and containerd of this machine trust the registry's authority for that registry alone, and sees that it is the one that answers.
# Given: SERVER (address of the machine that keeps it), CA_CERT (of the authority).
set -euo pipefail
apt_install curl
kept=/var/lib/transat/registry-at at=$SERVER:5443 forget=''
if [ -e "$kept" ]; then forget=$(cat "$kept"); fi
for folder in /etc/docker/certs.d /etc/containers/certs.d /etc/containerd/certs.d; do
  # one of before, which was elsewhere
  if [ -n "$forget" ] && [ "$forget" != "$at" ]; then rm -rf "${folder:?}/$forget"; fi
  install -d "$folder/$at"
  printf '%s\n' "$CA_CERT" >"$folder/$at/ca.crt"
done
printf 'server = "https://%s"\n[host."https://%s"]\n  ca = "/etc/containerd/certs.d/%s/ca.crt"\n' "$at" "$at" "$at" >"/etc/containerd/certs.d/$at/hosts.toml"
printf '%s\n' "$at" >"$kept"

wait_for "$SERVER" 5443 1800
said=$(curl --silent --noproxy '*' --max-time 30 --cacert "/etc/docker/certs.d/$at/ca.crt" --output /dev/null --write-out '%{http_code}' "https://$at/v2/" || true)
if [ "$said" != 401 ]; then
  log "Asked without a password, $at said $said in place of 401: it is not the registry of this deployment, or lets everybody in."
  exit 1
fi
log "This machine trusts the registry at $at"
