#!/usr/bin/env bash
# Has pods get NVIDIA cards of the nodes that have some: NVIDIA's device plugin on those, and the RuntimeClass nvidia; or takes both away. Runs on the first control plane.
# Given: GPUS (true or false), GPU_IMAGE (reference@sha256:digest), CONTROL_PLANE and WORKERS (host names, separated by commas, of those that say whether they have cards).
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf

if [ "$GPUS" != true ]; then
  kubectl --namespace kube-system delete daemonset/nvidia-device-plugin --ignore-not-found
  kubectl delete runtimeclass/nvidia --ignore-not-found
  log 'Pods get no GPUs'
  exit 0
fi

# What they say they say when they have joined.
of_node() { kubectl get node "$1" -o "jsonpath={$2}" 2>/dev/null || true; }
IFS=, read -ra nodes <<<"$CONTROL_PLANE${WORKERS:+,$WORKERS}"
deadline=$((SECONDS + 600))
for node in "${nodes[@]}"; do
  until [ -n "$(of_node "$node" '.metadata.labels.transat\.io/gpu')" ]; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      log "$node does not say whether it has NVIDIA cards. Look at the log of its steps"
      exit 1
    fi
    sleep 3
  done
done

kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: nvidia}
handler: nvidia
scheduling: {nodeSelector: {transat.io/gpu: nvidia}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: nvidia-device-plugin, namespace: kube-system}
spec:
  selector: {matchLabels: {app: nvidia-device-plugin}}
  template:
    metadata: {labels: {app: nvidia-device-plugin}}
    spec:
      runtimeClassName: nvidia
      # Said here, too: where a DaemonSet is to run is not read off its RuntimeClass.
      nodeSelector: {transat.io/gpu: nvidia}
      priorityClassName: system-node-critical
      automountServiceAccountToken: false
      tolerations: [{operator: Exists}]
      containers:
        - name: nvidia-device-plugin
          image: $GPU_IMAGE
          imagePullPolicy: IfNotPresent
          # It begins anew until the driver answers, rather than to offer nothing in silence.
          env: [{name: FAIL_ON_INIT_ERROR, value: "true"}, {name: NVIDIA_VISIBLE_DEVICES, value: all}, {name: NVIDIA_DRIVER_CAPABILITIES, value: utility}]
          resources: {requests: {cpu: 20m, memory: 50Mi}}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: plugins, mountPath: /var/lib/kubelet/device-plugins}]
      volumes: [{name: plugins, hostPath: {path: /var/lib/kubelet/device-plugins, type: Directory}}]
EOF

having=()
for node in "${nodes[@]}"; do
  if [ "$(of_node "$node" '.metadata.labels.transat\.io/gpu')" = nvidia ]; then having+=("$node"); fi
done
if [ "${#having[@]}" = 0 ]; then
  log 'No node of this cluster has an NVIDIA card. One that comes later offers its own'
  output gpus 'none: no node has an NVIDIA card'
  exit 0
fi
all=0
deadline=$((SECONDS + 300))
for node in "${having[@]}"; do
  offered=0
  until [ "$offered" -gt 0 ]; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      kubectl --namespace kube-system logs daemonset/nvidia-device-plugin --tail=20 || true
      log "$node has NVIDIA cards and offers none to pods. The lines above are what the device plugin says"
      exit 1
    fi
    sleep 3
    offered=$(of_node "$node" '.status.allocatable.nvidia\.com/gpu')
    offered=${offered:-0}
  done
  all=$((all + offered))
done
output gpus "$all on ${#having[@]} nodes"
log "Pods can have $all GPUs, on ${having[*]}"
