#!/usr/bin/env bash
# The cluster is ready when every node that was asked for is Ready and names resolve inside. Runs on the control plane.
# Given: WORKER_COUNT, PEER_COUNT (further control planes), WORKERS (host names, separated by commas), NODE_NAME.
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf
peers=${PEER_COUNT:-0}
expected=$((WORKER_COUNT + peers + 1))
seconds=900
deadline=$((SECONDS + seconds))

# Workers that are no part of it any more; whatever else somebody has joined to it stays. One side of several has its name before theirs.
side=${NODE_NAME%kube-control}
for name in $(kubectl get nodes -o name | sed -n "s|^node/\(${side}kube-worker-[0-9]*\)\$|\1|p"); do
  [[ ",$WORKERS," == *",$name,"* ]] || kubectl delete node "$name"
done

log "Waiting for $expected nodes"
last=-1
while :; do
  # an API that is silent for a moment has no node ready
  ready=$({ kubectl get nodes --no-headers 2>/dev/null || true; } | awk '$2 ~ /^Ready/ {n++} END {print n + 0}')
  [ "$ready" = "$last" ] || log "$ready of $expected nodes are ready"
  last=$ready
  [ "$ready" -lt "$expected" ] || break
  if [ "$SECONDS" -ge "$deadline" ]; then
    kubectl get nodes -o wide || true
    log "Only $ready of $expected nodes became ready within $seconds s. Look at the log of the nodes that are missing above"
    exit 1
  fi
  sleep 2
done

# Both began on the first control plane, when there was no other machine: names are to resolve while that is stopped.
if [ "$peers" -gt 0 ]; then
  places=$(kubectl -n kube-system get pods -l k8s-app=kube-dns --field-selector status.phase=Running -o 'jsonpath={range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort -u | wc -l)
  [ "$places" -gt 1 ] || kubectl -n kube-system rollout restart deployment/coredns
fi
for deployment in kube-system/coredns local-path-storage/local-path-provisioner; do
  kubectl -n "${deployment%/*}" rollout status "deployment/${deployment#*/}" --timeout=300s
done
kubectl get nodes -o wide
output ready_nodes "$ready"
output kubernetes_version "$(kubectl version -o json | sed -n '/serverVersion/,$s/.*"gitVersion": "\(.*\)".*/\1/p')"
log "All $expected nodes are ready"
