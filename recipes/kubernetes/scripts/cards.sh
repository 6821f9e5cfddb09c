#!/usr/bin/env bash
# Tells the cluster whether this node has NVIDIA cards, by a label, as the node itself: no node may say so of another. One that has them gets the image of what offers them to pods.
# Given: GPU_IMAGE (reference@sha256:digest).
set -euo pipefail
# shellcheck source=recipes/shared/nvidia-cards.sh
. ../shared/nvidia-cards.sh
has=none
if [ "$(nvidia_cards)" != 0 ]; then
  has=nvidia
  pull-image "$GPU_IMAGE"
fi
retry 6 kubectl --kubeconfig /etc/kubernetes/kubelet.conf label --overwrite node "$NODE_NAME" "transat.io/gpu=$has"
