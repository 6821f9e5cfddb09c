#!/usr/bin/env bash
# Puts a program there that brings the cluster back to a snapshot of etcd, and runs it once for each snapshot that is asked for. Run on the control plane.
# Given: PEERS (private addresses of further control planes; empty: there is one alone), RESTORE (name of a snapshot; empty: none is asked for), ETCD_IMAGE (reference@sha256:digest; this machine has it under the reference alone).
set -euo pipefail
program=/usr/local/sbin/transat-etcd-restore done_before=/etc/transat/etcd-restored

cat >"$program.new" <<'PROGRAM'
#!/usr/bin/env bash
# transat-etcd-restore NAME: brings this cluster back to what it was when that snapshot was taken. What was made since is gone from it, pods and their
# volumes' claims among that; what is now is kept as a snapshot first. Nothing is stopped before the snapshot has been unpacked; if it can't be, nothing changes.
set -euo pipefail
name=${1:?usage: transat-etcd-restore NAME, one of: transat-etcd-snapshot list}
snapshots=/var/lib/transat/etcd-snapshots work=/var/lib/transat/etcd-restore
manifests=/etc/kubernetes/manifests aside=/etc/kubernetes/manifests.restoring data=/var/lib/etcd
[ "$(id -u)" = 0 ] || { echo 'Run this as root: sudo transat-etcd-restore …' >&2; exit 1; }
say() { printf '[%s] %s\n' "$(date -u +%H:%M:%S)" "$*"; }
read -r image node address peers </etc/transat/etcd-restore
if [ -n "$peers" ]; then
  echo "This cluster has several control planes ($address,$peers): brought back on one alone, its state would part from that of the others. Nothing was changed." >&2
  exit 1
fi
exec 9>/run/transat-etcd-restore.lock
flock --nonblock 9 || { echo 'Another restore is under way.' >&2; exit 1; }

# wait_until SECONDS COMMAND…
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 2
  done
}
silent() { ! (: <>/dev/tcp/127.0.0.1/2379) 2>/dev/null && ! (: <>/dev/tcp/127.0.0.1/6443) 2>/dev/null; }
answers() { kubectl --kubeconfig /etc/kubernetes/admin.conf --server "https://$address:6443" get --raw /readyz >/dev/null 2>&1; }
# start: data where they belong, from the snapshot if they were moved out for it, else those of before; then all that runs the cluster.
start() {
  if [ ! -d "$data/member" ]; then
    if [ -d "$work/unpacked/member" ]; then mv -T "$work/unpacked/member" "$data/member"; else mv -T "$work/before" "$data/member"; fi
  fi
  if [ -d "$aside" ]; then
    mv "$aside"/*.yaml "$manifests/"
    rmdir "$aside"
  fi
}

# What an attempt that was cut off left in the middle is ended first.
if [ -d "$aside" ]; then
  say 'An earlier attempt was cut off; its end comes first.'
  start
  wait_until 300 answers || true
fi

transat-etcd-snapshot check "$name"
rm -rf "$work/unpacked" "$work/snapshot.db"
install -d -m 0700 "$work"
# A second name: what is taken now may make room for itself.
ln "$snapshots/$name.db" "$work/snapshot.db"
if now=$(transat-etcd-snapshot take); then
  say "What is now is kept as $now."
else
  say 'etcd can not be asked for what is now; its data are kept beside, until the next restore.'
fi

say "Unpacking $name"
# Revisions go on well above those that were told before, or what watches the cluster would take the old for the new.
ctr -n k8s.io run --rm --mount "type=bind,src=$work,dst=$work,options=rbind:rw" "$image" "transat-restore-$$" \
  etcdutl snapshot restore "$work/snapshot.db" --data-dir "$work/unpacked" --name "$node" \
  --initial-cluster "$node=https://$address:2380" --initial-advertise-peer-urls "https://$address:2380" --bump-revision 1000000000 --mark-compacted
[ -d "$work/unpacked/member" ] || { echo 'The snapshot was not unpacked; nothing was changed.' >&2; exit 1; }

say 'Stopping what runs the cluster'
trap start EXIT
mkdir -p "$aside"
mv "$manifests"/{etcd,kube-apiserver,kube-controller-manager,kube-scheduler}.yaml "$aside/"
wait_until 180 silent || { echo 'etcd or the API server does not stop; they are left as they are.' >&2; rm -rf "$work/unpacked"; exit 1; }
rm -rf "$work/before"
mv -T "$data/member" "$work/before"
say 'Starting it with the data of the snapshot'
start
trap - EXIT
wait_until 300 answers || { echo "The API server does not answer. The data of before are in $work/before." >&2; exit 1; }
rm -f "$work/snapshot.db"
say "The cluster is as it was at $name."
PROGRAM
chmod 0755 "$program.new"
mv -f "$program.new" "$program"
install -d -m 0755 /etc/transat
printf '%s %s %s %s\n' "${ETCD_IMAGE%@*}" "$NODE_NAME" "$PRIVATE_ADDRESS" "$PEERS" >/etc/transat/etcd-restore

if [ -z "$RESTORE" ]; then
  log "No snapshot is asked for; the cluster stays as it is."
  exit 0
fi
# Run again, it does not take away what came since.
if [ "$(cat "$done_before" 2>/dev/null)" = "$RESTORE" ]; then
  log "The cluster was brought back to $RESTORE before; it stays as it is."
  exit 0
fi
if ! transat-etcd-snapshot check "$RESTORE"; then
  log "Those that are here: $(transat-etcd-snapshot list | paste -sd ' ')"
  exit 1
fi
"$program" "$RESTORE"
echo "$RESTORE" >"$done_before"
