#!/usr/bin/env bash
# Joins this machine to the cluster as soon as the control plane answers.
# Given: CONTROL_PLANE (its private address), BOOTSTRAP_TOKEN, CA_HASH (sha256:… of the authority's public key).
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/transat/proxy.env
set +a

if [ -e /etc/kubernetes/kubelet.conf ] && systemctl is-active -q kubelet; then
  log "This machine is a node of the cluster already"
  exit 0
fi
log "Waiting for the control plane at $CONTROL_PLANE"
wait_for "$CONTROL_PLANE" 6443 900

ignore=()
[ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] || ignore=(--ignore-preflight-errors=SystemVerification)
trap 'rm -f /etc/transat/kubeadm.yaml' EXIT
(
  umask 077
  cat >/etc/transat/kubeadm.yaml <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    apiServerEndpoint: $CONTROL_PLANE:6443
    token: $BOOTSTRAP_TOKEN
    caCertHashes: ["$CA_HASH"]
nodeRegistration:
  name: $NODE_NAME
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs: [{name: node-ip, value: $PRIVATE_ADDRESS}]
EOF
)
# Its list of kernel options is of no use to anybody.
join() {
  kubeadm join --config /etc/transat/kubeadm.yaml "${ignore[@]}" | grep -vE 'CONFIG_|CGROUPS_|OS|KERNEL_VERSION' || [ "${PIPESTATUS[0]}" = 0 ]
}
# The port answers before the cluster's bootstrap information is there: a first refusal is not the end.
for attempt in 1 2 3 4 5 6; do
  if join; then
    log "$NODE_NAME has joined"
    exit 0
  fi
  log "Joining failed (attempt $attempt)"
  kubeadm reset --force --cri-socket unix:///run/containerd/containerd.sock >/dev/null 2>&1 || true
  mkdir -p /etc/kubernetes/manifests
  sleep $((attempt * 5))
done
log "The control plane at $CONTROL_PLANE did not let this machine join"
exit 1
