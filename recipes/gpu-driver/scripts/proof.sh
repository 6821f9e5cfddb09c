#!/usr/bin/env bash
# Shows by use that every NVIDIA card of this machine answers.
set -euo pipefail
# shellcheck source=recipes/shared/nvidia-cards.sh
. ../shared/nvidia-cards.sh
cards=$(nvidia_cards)
if [ "$cards" = 0 ]; then
  output proof 'none: this machine has no NVIDIA card'
  exit 0
fi
nvidia-smi -L || true
answers=$(nvidia_answers)
if [ "$answers" -lt "$cards" ]; then
  log "Of this machine's $cards cards $answers answer. The kernel's log says why: sudo dmesg | grep NVRM"
  exit 1
fi
output proof "$answers of $cards cards answer: $(nvidia-smi --query-gpu=name --format=csv,noheader | sort | uniq -c | sed -E 's/^ *([0-9]+) /\1 × /' | paste -sd ';')"
log 'Proven: every card answers'
