#!/usr/bin/env bash
# Shows by use that users are let in by a key and who is no longer named is not: the machine logs in to itself as each of them, with a key that is good for that
# moment alone; and that nobody has a password.
# Given: USERS (one a line: a name and a public key).
set -euo pipefail
made=/var/lib/transat/users
work=$(mktemp -d)
chmod 711 "$work"
trap 'rm -rf "$work"; rm -f /run/transat-proof.keys' EXIT
ssh-keygen -q -t ed25519 -N '' -C 'proof of this moment' -f "$work/key"

# A server of this moment, on a port of this machine alone, which looks for keys where only root writes, and asks the same accounts as the real one.
install -m 644 "$work/key.pub" /run/transat-proof.keys
ssh-keygen -q -t ed25519 -N '' -f "$work/host"
port=$((20000 + RANDOM % 20000))
install -d -m 755 /run/sshd
"$(command -v sshd)" -f /dev/null -h "$work/host" -p "$port" -o ListenAddress=127.0.0.1 -o AuthorizedKeysFile=/run/transat-proof.keys -o UsePAM=yes \
  -o PasswordAuthentication=no -o PidFile="$work/pid" -o PermitRootLogin=no
trap 'kill "$(cat "$work/pid")" 2>/dev/null || true; rm -rf "$work"; rm -f /run/transat-proof.keys' EXIT
wait_for 127.0.0.1 "$port" 30
enter() {
  ssh -n -i "$work/key" -p "$port" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile="$work/known" -o LogLevel=ERROR \
    -o ConnectTimeout=20 "$1@127.0.0.1" id -un 2>/dev/null || true
}

wanted=" $(awk 'NF {print $1}' <<<"$USERS" | sort -u | tr '\n' ' ')"
in=0 out=0
while read -r name; do
  getent passwd "$name" >/dev/null || continue
  if [ "$(passwd --status "$name" | awk '{print $2}')" = P ]; then
    log "$name has a password, which Transat did not give; it stays."
  fi
  entered=$(enter "$name")
  if [[ "$wanted" == *" $name "* ]]; then
    if [ "$entered" != "$name" ]; then
      log "$name is on the list, and is not let in."
      exit 1
    fi
    in=$((in + 1))
  else
    if [ -n "$entered" ]; then
      log "$name is no longer on the list, and is let in all the same."
      exit 1
    fi
    out=$((out + 1))
  fi
done <"$made"
output state "$in may log in, $out locked out"
log "Proven: $in are let in by a key, $out are not"
