#!/usr/bin/env bash
# Lets nobody but root ask the cloud's metadata service, which may tell what this machine was started with, nor read the same on a
# config drive. For recipes in which people's own programs run: users of the machine, jobs, notebooks, pods. It holds from the
# network's start on at every boot; cloud-init and Transat's agent run as root and go on as before.
set -euo pipefail

command -v nft >/dev/null || apt_install nftables

install -d -m 0755 /etc/transat
cat >/usr/local/sbin/transat-close-metadata <<'PROGRAM'
#!/usr/bin/env bash
# Written by Transat. Puts up the rules that keep all but root from the metadata service, in a table of their own, in one move.
set -euo pipefail
addresses='ip daddr 169.254.169.254' addresses6='ip6 daddr fe80::a9fe:a9fe'

# Pods on the node's own network may be root, too: only root of the system and of logins is meant. Control groups of version 2 tell
# them apart by their name; of version 1 by a mark that everything below kubepods bears.
root_only=''
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] && ! systemd-detect-virt -q --container; then
  for group in init.scope system.slice user.slice; do
    [ -d "/sys/fs/cgroup/$group" ] && root_only+="    socket cgroupv2 level 1 \"$group\" accept"$'\n'
  done
  root_only+=$'    ct state established accept\n    reject\n'
elif [ "$(stat -fc %T /sys/fs/cgroup)" != cgroup2fs ]; then
  for root in /sys/fs/cgroup/net_cls*; do
    [ -e "$root/net_cls.classid" ] || continue
    for group in kubepods.slice kubepods; do
      mkdir -p "$root/$group"
      echo 0x00a9fea9 >"$root/$group/net_cls.classid"
    done
    root_only=$'    meta cgroup 0x00a9fea9 reject\n'
    break
  done
fi

nft -f - <<RULES
table inet transat_metadata
delete table inet transat_metadata
table inet transat_metadata {
  chain only_root {
    meta skuid != 0 reject
$root_only  }
  chain output {
    type filter hook output priority 0; policy accept;
    $addresses jump only_root
    $addresses6 jump only_root
  }
  chain forward {
    type filter hook forward priority 0; policy accept;
    $addresses reject
    $addresses6 reject
  }
}
RULES

# A config drive holds the same. Nothing mounts it for long, so the device itself is what could be read.
if drive=$(blkid -t LABEL=config-2 -o device 2>/dev/null) || drive=$(blkid -t LABEL=CONFIG-2 -o device 2>/dev/null); then
  for device in $drive; do
    chown root:root "$device"
    chmod 0600 "$device"
  done
fi
PROGRAM
chmod 0755 /usr/local/sbin/transat-close-metadata

cat >/etc/udev/rules.d/99-transat-config-drive.rules <<'RULES'
SUBSYSTEM=="block", ENV{ID_FS_LABEL}=="config-2|CONFIG-2", OWNER="root", GROUP="root", MODE="0600", ENV{UDISKS_IGNORE}="1"
RULES

cat >/etc/systemd/system/transat-close-metadata.service <<'UNIT'
[Unit]
Description=Keeps the cloud's metadata service from all but root
DefaultDependencies=no
Wants=network-pre.target user.slice
After=local-fs.target user.slice nftables.service
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
# The distribution's own rules begin by forgetting all others.
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/transat-close-metadata
ExecReload=/usr/local/sbin/transat-close-metadata

[Install]
WantedBy=sysinit.target nftables.service
UNIT
systemctl daemon-reload
systemctl --quiet enable transat-close-metadata
systemctl restart transat-close-metadata

# Shown by use: root may still ask where there is such a service, an ordinary user gets no answer.
ask() {
  timeout 10 "$@" bash -c 'exec 3<>/dev/tcp/169.254.169.254/80' 2>/dev/null
}
if ask setpriv --reuid=65534 --regid=65534 --clear-groups; then
  log "The metadata service still answers everybody, though the rules are in place:"
  nft list table inet transat_metadata
  exit 1
fi
if ask env; then
  log "The metadata service answers root alone."
else
  log "There is no metadata service here; were there one, it would answer root alone."
fi
