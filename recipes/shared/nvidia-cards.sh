#!/usr/bin/env bash
# What is known of NVIDIA's cards before there is a driver. A script has it by `. ../shared/nvidia-cards.sh` on a line of its own.

# nvidia_cards: how many there are on this machine's PCI bus: display controllers (class 03) of that maker, whether or not a screen could be on them.
nvidia_cards() {
  local device count=0
  for device in /sys/bus/pci/devices/*; do
    if [ "$(cat "$device/vendor" 2>/dev/null)" = 0x10de ] && [[ $(cat "$device/class") == 0x03* ]]; then count=$((count + 1)); fi
  done
  echo "$count"
}

# nvidia_answers: how many the driver tells of; none without one.
nvidia_answers() {
  { timeout 120 nvidia-smi -L 2>/dev/null || true; } | awk '/^GPU / {n++} END {print n + 0}'
}
