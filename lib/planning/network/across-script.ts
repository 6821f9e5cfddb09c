/** Opens ports in a node's own firewall to single addresses. Given: FROM (addresses, one a line), PORTS (`443/tcp`, `9000-9010/udp`, one a line). */
export const acrossScript = `#!/usr/bin/env bash
# Opens ports of this machine's own firewall to the deployment's nodes at other sites, each by its one address. Those of an earlier time are shut again.
# Given: FROM (addresses, one a line), PORTS (443/tcp or 9000-9010/udp, one a line).
set -euo pipefail
kept=/etc/transat/across
install -d -m 755 /etc/transat
touch "$kept"

wanted=$(for address in $FROM; do for port in $PORTS; do echo "$address $port"; done; done | sort -u)

# change add|remove ADDRESS PORT/PROTOCOL
change() {
  local ports=\${3%/*} protocol=\${3#*/} family=ipv4 length=32
  case $2 in *:*) family=ipv6 length=128 ;; esac
  if firewall-cmd --state >/dev/null 2>&1; then
    firewall-cmd --quiet --permanent "--$1-rich-rule=rule family="$family" source address="$2/$length" port port="$ports" protocol="$protocol" accept"
  elif ufw status 2>/dev/null | grep -q '^Status: active'; then
    if [ "$1" = add ]; then ufw allow proto "$protocol" from "$2" to any port "\${ports/-/:}" >/dev/null
    else ufw delete allow proto "$protocol" from "$2" to any port "\${ports/-/:}" >/dev/null; fi
  fi
}

# it may end half-way: what is to be open is written down before it is
before=$(cat "$kept")
printf '%s\\n' "$before" "$wanted" | sort -u >"$kept.part"
mv -f "$kept.part" "$kept"
while read -r address port; do
  [ -z "$address" ] || grep -qxF "$address $port" <<<"$wanted" || change remove "$address" "$port"
done <<<"$before"
while read -r address port; do
  [ -z "$address" ] && continue
  change add "$address" "$port"
  log "$port is open to $address."
done <<<"$wanted"
if firewall-cmd --state >/dev/null 2>&1; then firewall-cmd --quiet --reload; fi
printf '%s\n' "$wanted" >"$kept"
`;
