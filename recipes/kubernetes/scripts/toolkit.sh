#!/usr/bin/env bash
# Brings what lets containers use the NVIDIA cards of this machine, where it has some: NVIDIA's container toolkit. The driver is there before, with the image or by the add-on for it.
# Given: TOOLKIT_VERSION (of the packages in TRANSAT_FILES).
set -euo pipefail
# shellcheck source=recipes/shared/nvidia-cards.sh
. ../shared/nvidia-cards.sh

cards=$(nvidia_cards)
if [ "$cards" = 0 ]; then
  log 'There is no NVIDIA card on the PCI bus of this machine, so its pods get none.'
  exit 0
fi
if [ "$(nvidia_answers)" = 0 ]; then
  log "This machine has $cards NVIDIA cards, and no driver that answers for them. Add the add-on GPU driver, or take an image that has the driver, and run its steps again."
  exit 1
fi
there=$(dpkg-query --show --showformat='${Version}' nvidia-container-toolkit 2>/dev/null || true)
if [ -n "$there" ] && dpkg --compare-versions "$there" ge "$TOOLKIT_VERSION"; then
  log "NVIDIA's container toolkit $there is there"
  exit 0
fi
packages=()
for name in libnvidia-container1 libnvidia-container-tools nvidia-container-toolkit-base nvidia-container-toolkit; do
  packages+=("$TRANSAT_FILES/${name}_${TOOLKIT_VERSION}_amd64.deb")
done
apt_install "${packages[@]}"
log "NVIDIA's container toolkit $TOOLKIT_VERSION is there, for $cards cards"
