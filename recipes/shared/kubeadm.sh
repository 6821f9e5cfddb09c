#!/usr/bin/env bash
# What kubeadm is told of a node. A script has it by `. ../shared/kubeadm.sh` on a line of its own.
# Given: BOOTSTRAP_TOKEN, CA_HASH (sha256:… of the public key of the cluster's authority).

# node_registration: the name and the address by which the cluster knows this machine.
node_registration() {
  cat <<EOF
nodeRegistration:
  name: $NODE_NAME
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs: [{name: node-ip, value: $PRIVATE_ADDRESS}]
EOF
}

# join_configuration ENDPOINT: for a machine that joins by that address of the API, whose authority it knows before.
join_configuration() {
  cat <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    apiServerEndpoint: $1
    token: $BOOTSTRAP_TOKEN
    caCertHashes: ["$CA_HASH"]
EOF
  node_registration
}
