#!/usr/bin/env bash
# Starts the control plane with the authority made at plan time, then the pod network and the storage class.
# Given: CA_CERT, CA_KEY (PEM), BOOTSTRAP_TOKEN, POD_NETWORK, SERVICE_NETWORK, WORKER_COUNT,
# NODE_IMAGES (reference@sha256:digest, one a line; every node has them under the reference alone).
set -euo pipefail
image() { grep -m1 "/$1:" <<<"$NODE_IMAGES" | cut -d@ -f1; }
set -a
# shellcheck source=/dev/null
. /etc/transat/proxy.env
set +a
export KUBECONFIG=/etc/kubernetes/admin.conf
version=$(kubeadm version -o short)
pki=/etc/kubernetes/pki

ignore=() cgroup_v1=''
if [ "$(stat -fc %T /sys/fs/cgroup)" != cgroup2fs ]; then
  log "This machine has control groups of version 1"
  ignore=(--ignore-preflight-errors=SystemVerification)
  cgroup_v1='failCgroupV1: false'
fi

# What makes the difference between a first attempt that broke off and a cluster that people use. While this file is there, nobody has
# been given the cluster; where it is missing and there is a cluster, that was ready once, and is never cleared away.
starting=/etc/transat/kubernetes-starting
answers() { kubectl get --raw /readyz >/dev/null 2>&1; }
# wait_until SECONDS COMMAND…
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 2
  done
}
there=false
if [ -e /etc/kubernetes/manifests/kube-apiserver.yaml ] || [ -d /var/lib/etcd/member ]; then there=true; fi

if [ "$there" = true ]; then
  systemctl is-active -q containerd || systemctl start containerd
  systemctl is-active -q kubelet || systemctl start kubelet || true
  patience=300
  [ ! -e "$starting" ] || patience=30
  if wait_until "$patience" answers; then
    log "The control plane runs already"
    rm -f "$starting"
  elif [ ! -e "$starting" ]; then
    journalctl --unit kubelet --lines 20 --no-pager || true
    log "The API server did not answer within $patience s. This cluster has been ready before, so nothing of it was touched: look at the kubelet's log above, mend it, and run this step again"
    exit 1
  fi
fi

if [ "$there" = false ] || [ -e "$starting" ]; then
  mkdir -p "$pki"
  # What a broken attempt left is cleared first, or kubeadm refuses.
  if [ "$there" = true ]; then
    log "Clearing an earlier attempt, which never became a cluster"
    kubeadm reset --force --cri-socket unix:///run/containerd/containerd.sock >/dev/null 2>&1 || true
    rm -rf /var/lib/etcd/member
    mkdir -p "$pki" /etc/kubernetes/manifests
  fi
  touch "$starting"
  (umask 077 && printf '%s\n' "$CA_KEY" >"$pki/ca.key")
  printf '%s\n' "$CA_CERT" >"$pki/ca.crt"
  (
    umask 077
    cat >/etc/transat/kubeadm.yaml <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
  - token: $BOOTSTRAP_TOKEN
    ttl: 24h0m0s
localAPIEndpoint: {advertiseAddress: $PRIVATE_ADDRESS, bindPort: 6443}
nodeRegistration:
  name: $NODE_NAME
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs: [{name: node-ip, value: $PRIVATE_ADDRESS}]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: $version
controlPlaneEndpoint: $PRIVATE_ADDRESS:6443
networking: {podSubnet: $POD_NETWORK, serviceSubnet: $SERVICE_NETWORK}
apiServer:
  certSANs: [$NODE_NAME, $PRIVATE_ADDRESS${PUBLIC_ADDRESS:+, $PUBLIC_ADDRESS}]
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
$cgroup_v1
EOF
  )
  log "Starting Kubernetes ${version#v}"
  # Its last words are the join command with the token: they stay out of the log.
  kubeadm init --config /etc/transat/kubeadm.yaml --skip-token-print "${ignore[@]}" | grep -E '^\[|rror|arning' || [ "${PIPESTATUS[0]}" = 0 ]
  rm -f /etc/transat/kubeadm.yaml
  wait_until 120 answers
  if [ "$WORKER_COUNT" = 0 ]; then
    log "No workers: pods may run on the control plane"
    kubectl taint nodes --all node-role.kubernetes.io/control-plane- 2>/dev/null || true
  fi
  rm -f "$starting"
else
  # A token lasts a day: workers that are added later need it again.
  kubeadm token list -o jsonpath='{.token}{"\n"}' 2>/dev/null | grep "^${BOOTSTRAP_TOKEN%%.*}" >/dev/null || kubeadm token create "$BOOTSTRAP_TOKEN" --ttl 24h >/dev/null
fi

log "Applying the pod network (flannel, VXLAN)"
kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: v1
kind: Namespace
metadata:
  name: kube-flannel
  labels: {pod-security.kubernetes.io/enforce: privileged}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: flannel, namespace: kube-flannel}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: flannel}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
  - {apiGroups: [""], resources: [nodes], verbs: [get, list, watch]}
  - {apiGroups: [""], resources: [nodes/status], verbs: [patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: flannel}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: flannel}
subjects: [{kind: ServiceAccount, name: flannel, namespace: kube-flannel}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: flannel, namespace: kube-flannel}
data:
  10-flannel.conflist: |
    {"name": "pods", "cniVersion": "0.3.1", "plugins": [
      {"type": "flannel", "delegate": {"hairpinMode": true, "isDefaultGateway": true}},
      {"type": "portmap", "capabilities": {"portMappings": true}}]}
  net-conf.json: |
    {"Network": "$POD_NETWORK", "Backend": {"Type": "vxlan", "Port": 8472}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: flannel, namespace: kube-flannel}
spec:
  selector: {matchLabels: {app: flannel}}
  template:
    metadata: {labels: {app: flannel}}
    spec:
      hostNetwork: true
      priorityClassName: system-node-critical
      serviceAccountName: flannel
      tolerations: [{operator: Exists, effect: NoSchedule}]
      initContainers:
        - name: plugin
          image: $(image flannel-cni-plugin)
          command: [cp, -f, /flannel, /opt/cni/bin/flannel]
          volumeMounts: [{name: plugins, mountPath: /opt/cni/bin}]
        - name: configuration
          image: $(image flannel)
          command: [cp, -f, /etc/kube-flannel/10-flannel.conflist, /etc/cni/net.d/10-flannel.conflist]
          volumeMounts:
            - {name: networks, mountPath: /etc/cni/net.d}
            - {name: configuration, mountPath: /etc/kube-flannel}
      containers:
        - name: flannel
          image: $(image flannel)
          command: [/opt/bin/flanneld, --ip-masq, --kube-subnet-mgr]
          resources: {requests: {cpu: 50m, memory: 50Mi}}
          securityContext: {privileged: false, capabilities: {add: [NET_ADMIN, NET_RAW]}}
          env:
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
          volumeMounts:
            - {name: run, mountPath: /run/flannel}
            - {name: configuration, mountPath: /etc/kube-flannel}
            - {name: lock, mountPath: /run/xtables.lock}
      volumes:
        - {name: run, hostPath: {path: /run/flannel, type: DirectoryOrCreate}}
        - {name: plugins, hostPath: {path: /opt/cni/bin}}
        - {name: networks, hostPath: {path: /etc/cni/net.d}}
        - {name: configuration, configMap: {name: flannel}}
        - {name: lock, hostPath: {path: /run/xtables.lock, type: FileOrCreate}}
EOF

log "Applying the default storage class (local-path)"
kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: v1
kind: Namespace
metadata: {name: local-path-storage}
---
apiVersion: v1
# The provisioner gives this account to the pods that make and remove folders.
kind: ServiceAccount
metadata: {name: local-path-provisioner-service-account, namespace: local-path-storage}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: local-path-provisioner, namespace: local-path-storage}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get, list, watch, create, patch, update, delete]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: local-path-provisioner, namespace: local-path-storage}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: local-path-provisioner}
subjects: [{kind: ServiceAccount, name: local-path-provisioner-service-account, namespace: local-path-storage}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: local-path-provisioner}
rules:
  - {apiGroups: [""], resources: [nodes, persistentvolumeclaims, configmaps, pods, pods/log], verbs: [get, list, watch]}
  - {apiGroups: [""], resources: [persistentvolumes], verbs: [get, list, watch, create, patch, update, delete]}
  - {apiGroups: [""], resources: [events], verbs: [create, patch]}
  - {apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [get, list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: local-path-provisioner}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: local-path-provisioner}
subjects: [{kind: ServiceAccount, name: local-path-provisioner-service-account, namespace: local-path-storage}]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-path
  annotations: {storageclass.kubernetes.io/is-default-class: "true"}
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
reclaimPolicy: Delete
---
apiVersion: v1
kind: ConfigMap
metadata: {name: local-path-config, namespace: local-path-storage}
data:
  config.json: |
    {"nodePathMap": [{"node": "DEFAULT_PATH_FOR_NON_LISTED_NODES", "paths": ["/mnt/volumes/pods"]}]}
  setup: |
    #!/bin/sh
    set -eu
    mkdir -m 0777 -p "\$VOL_DIR"
  teardown: |
    #!/bin/sh
    set -eu
    rm -rf "\$VOL_DIR"
  helperPod.yaml: |
    apiVersion: v1
    kind: Pod
    metadata: {name: helper-pod}
    spec:
      priorityClassName: system-node-critical
      tolerations: [{operator: Exists, effect: NoSchedule}]
      containers: [{name: helper-pod, image: $(image busybox), imagePullPolicy: IfNotPresent}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: local-path-provisioner, namespace: local-path-storage}
spec:
  selector: {matchLabels: {app: local-path-provisioner}}
  template:
    metadata: {labels: {app: local-path-provisioner}}
    spec:
      serviceAccountName: local-path-provisioner-service-account
      tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
      containers:
        - name: local-path-provisioner
          image: $(image local-path-provisioner)
          command: [local-path-provisioner, start, --config, /etc/config/config.json]
          env:
            - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
            - {name: CONFIG_MOUNT_PATH, value: /etc/config/}
          volumeMounts: [{name: configuration, mountPath: /etc/config/}]
      volumes: [{name: configuration, configMap: {name: local-path-config}}]
EOF

# kubectl for whoever logs in, and the same access to take away, at the address that is reached from outside.
for home in /root "$(getent passwd "$LOGIN_USER" | cut -d: -f6)"; do
  [ -d "$home" ] || continue
  install -d -m 700 -o "$(stat -c %u "$home")" -g "$(stat -c %g "$home")" "$home/.kube"
  install -m 600 -o "$(stat -c %u "$home")" -g "$(stat -c %g "$home")" /etc/kubernetes/admin.conf "$home/.kube/config"
done
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
output ssh "ssh $LOGIN_USER@$reachable"
output api_endpoint "https://$reachable:6443"
output kubeconfig "$(sed -E "s|^( *server: ).*|\1https://$reachable:6443|" /etc/kubernetes/admin.conf)"
log "The control plane answers at https://$reachable:6443"
