#!/usr/bin/env bash
# Joins this machine to the cluster as soon as the control plane answers.
# Given: CONTROL_PLANE (private address of the first), PEERS (of further ones, by commas; empty: there is one alone), BOOTSTRAP_TOKEN, CA_HASH (sha256:… of the authority's public key).
set -euo pipefail
# shellcheck source=recipes/shared/kubeadm.sh
. ../shared/kubeadm.sh
set -a
# shellcheck source=/dev/null
. /etc/transat/proxy.env
set +a

# While this file is there, joining has not succeeded yet, and what it left may be cleared away; a node that once belonged to the cluster is left as it is.
joining=/etc/transat/kubernetes-joining
if [ -e /etc/kubernetes/kubelet.conf ] && [ ! -e "$joining" ]; then
  systemctl is-active -q containerd || systemctl start containerd
  systemctl is-active -q kubelet || systemctl start kubelet || true
  for _ in $(seq 1 60); do
    if curl --silent --fail --noproxy '*' --max-time 5 --output /dev/null http://127.0.0.1:10248/healthz; then
      log "This machine is a node of the cluster already"
      exit 0
    fi
    sleep 2
  done
  journalctl --unit kubelet --lines 20 --no-pager || true
  log "The kubelet is not well. This machine has been a node of the cluster before, so nothing of it was touched: look at its log above, mend it, and run this step again"
  exit 1
fi
touch "$joining"
endpoint=$CONTROL_PLANE:6443
if [ -n "$PEERS" ]; then
  # This machine's own balancer, which knows them all: any that answers will do.
  endpoint=127.0.0.1:7443
  log "Waiting for a control plane, of $CONTROL_PLANE,$PEERS"
  for _ in $(seq 1 300); do
    # Its authority is checked when joining.
    ! curl --silent --insecure --fail --noproxy '*' --max-time 5 --output /dev/null "https://$endpoint/readyz" || break
    sleep 3
  done
else
  log "Waiting for the control plane at $CONTROL_PLANE"
  wait_for "$CONTROL_PLANE" 6443 900
fi

ignore=()
[ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] || ignore=(--ignore-preflight-errors=SystemVerification)
trap 'rm -f /etc/transat/kubeadm.yaml' EXIT
(umask 077 && join_configuration "$endpoint" >/etc/transat/kubeadm.yaml)
# Its list of kernel options is of no use to anybody.
join() {
  kubeadm join --config /etc/transat/kubeadm.yaml "${ignore[@]}" | grep -vE 'CONFIG_|CGROUPS_|OS|KERNEL_VERSION' || [ "${PIPESTATUS[0]}" = 0 ]
}
# The port answers before the cluster's bootstrap information is there: a first refusal is not the end.
for attempt in 1 2 3 4 5 6; do
  if join; then
    rm -f "$joining"
    log "$NODE_NAME has joined"
    exit 0
  fi
  log "Joining failed (attempt $attempt)"
  kubeadm reset --force --cri-socket unix:///run/containerd/containerd.sock >/dev/null 2>&1 || true
  mkdir -p /etc/kubernetes/manifests
  sleep $((attempt * 5))
done
log "The control plane at $endpoint did not let this machine join"
exit 1
