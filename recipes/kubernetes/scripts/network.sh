#!/usr/bin/env bash
# Applies what pods need to run at all: the pod network and the default storage class. Runs on the first control plane.
# Given: POD_NETWORK (range of addresses), NODE_IMAGES (reference@sha256:digest, one a line; every node has them under the reference alone).
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf
image() { grep -m1 "/$1:" <<<"$NODE_IMAGES" | cut -d@ -f1; }

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
