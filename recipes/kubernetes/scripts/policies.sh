#!/usr/bin/env bash
# Has network policies enforced, by a program on every node beside the pod network (flannel itself does not know them); or takes it away. Runs on the first control plane.
# Given: NETWORK_POLICIES (true or false), POLICIES_IMAGE (reference@sha256:digest; a node that has not pulled it yet pulls that and no other).
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf

if [ "$NETWORK_POLICIES" != true ]; then
  # Each node takes the rules away that it leaves: node.sh.
  kubectl --namespace kube-system delete daemonset/kube-network-policies serviceaccount/kube-network-policies --ignore-not-found
  kubectl delete clusterrolebinding/kube-network-policies clusterrole/kube-network-policies --ignore-not-found
  log "Network policies are accepted, and not enforced"
  exit 0
fi

kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: v1
kind: ServiceAccount
metadata: {name: kube-network-policies, namespace: kube-system}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: kube-network-policies}
rules:
  - {apiGroups: [""], resources: [pods, namespaces], verbs: [list, watch]}
  - {apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: kube-network-policies}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: kube-network-policies}
subjects: [{kind: ServiceAccount, name: kube-network-policies, namespace: kube-system}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: kube-network-policies, namespace: kube-system}
spec:
  selector: {matchLabels: {app: kube-network-policies}}
  template:
    metadata: {labels: {app: kube-network-policies}}
    spec:
      hostNetwork: true
      priorityClassName: system-node-critical
      serviceAccountName: kube-network-policies
      tolerations: [{operator: Exists}]
      containers:
        - name: kube-network-policies
          image: $POLICIES_IMAGE
          imagePullPolicy: IfNotPresent
          # While it does not run, pods that a policy is for are reached by nobody new, rather than by everybody.
          args: [/bin/netpol, --hostname-override=\$(NODE), --nfqueue-id=98, --fail-open=false, --metrics-bind-address=127.0.0.1:9080]
          env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
          resources: {requests: {cpu: 50m, memory: 50Mi}}
          securityContext: {privileged: true}
EOF
kubectl --namespace kube-system rollout status daemonset/kube-network-policies --timeout=240s
log "Network policies are enforced on every node"
