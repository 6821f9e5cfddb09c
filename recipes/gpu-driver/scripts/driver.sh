#!/usr/bin/env bash
# Installs NVIDIA's driver as the operating system packages it, where this machine has a card of theirs. A driver that works is left as it is.
set -euo pipefail
# shellcheck source=recipes/shared/nvidia-cards.sh
. ../shared/nvidia-cards.sh
# Of Ubuntu's: the last that knows the cards before Turing, too.
branch=580-server

stop() {
  log "$*"
  exit 1
}
tell() {
  local version
  version=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader | sed -n 1p)
  log "NVIDIA's driver $version answers for $(nvidia_answers) of this machine's $cards cards"
  output driver "$version"
}

cards=$(nvidia_cards)
if [ "$cards" = 0 ]; then
  log 'There is no NVIDIA card on the PCI bus of this machine, so nothing is installed.'
  output driver 'none: this machine has no NVIDIA card'
  exit 0
fi
if [ "$(nvidia_answers)" != 0 ]; then
  tell
  exit 0
fi

# of the machine, not of this script
read -r system codename name < <(. /etc/os-release && echo "$ID ${VERSION_CODENAME:--} $PRETTY_NAME")
kernel=$(uname -r)

# Debian keeps the driver in a part of its servers that machines do not ask by themselves: of what they ask of Debian, that part as well.
open_non_free() {
  python3 - "$codename" <<'PYTHON'
import glob
import re
import sys

codename = sys.argv[1]
ours = {codename + end for end in ("", "-updates", "-security", "-backports", "/updates")}
more = ["contrib", "non-free", "non-free-firmware"]


def widened(components):
    return components + [each for each in more if each not in components] if "main" in components else components


def of_line(match):
    head, suite, components = match.groups()
    return f"{head}{suite} {' '.join(widened(components.split()))}" if suite in ours else match.group(0)


def of_stanza(text):
    suites = re.search(r"(?m)^Suites:(.*)$", text)
    if not suites or not set(suites.group(1).split()) <= ours:
        return text
    return re.sub(r"(?m)^Components:(.*)$", lambda found: f"Components: {' '.join(widened(found.group(1).split()))}", text)


for path in ["/etc/apt/sources.list", *glob.glob("/etc/apt/sources.list.d/*")]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError:
        continue
    if path.endswith(".sources"):
        wanted = "\n\n".join(of_stanza(stanza) for stanza in text.split("\n\n"))
    elif path.endswith(".list"):
        wanted = re.sub(r"(?m)^(deb(?:-src)?[ \t]+(?:\[[^\]\n]*\][ \t]+)?\S+[ \t]+)(\S+)[ \t]+(\S.*)$", of_line, text)
    else:
        continue
    if wanted != text:
        with open(path, "w", encoding="utf-8") as file:
            file.write(wanted)
PYTHON
}
there_is() { apt-cache show "$1" >/dev/null 2>&1; }
secure_boot() {
  local variable=/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c
  [ -e "$variable" ] && [ "$(od -An -tu1 "$variable" | awk 'NF {last = $NF} END {print last}')" = 1 ]
}

# `modules`: the kernel's part, made for this kernel and signed by who made it; without it, that part is built here, and signed by nobody.
modules=
case $system in
  debian)
    open_non_free
    driver=(nvidia-kernel-dkms nvidia-smi nvidia-persistenced libcuda1)
    ;;
  ubuntu) driver=("nvidia-headless-no-dkms-$branch" "nvidia-utils-$branch") ;;
  *) stop "On $name this add-on installs no driver: it does so on Debian and Ubuntu. Take one of those, or an image that has the driver." ;;
esac
log 'Reading the package lists'
retry 3 apt-get -qq -o DPkg::Lock::Timeout=600 update
there_is "${driver[0]}" || stop "The package ${driver[0]} is not to be had from where this machine takes its packages: it is in Debian's part non-free, and in Ubuntu's part restricted."
if [ "$system" = ubuntu ]; then
  modules=linux-modules-nvidia-$branch-$kernel
  there_is "$modules" || modules=
  driver+=("${modules:-nvidia-dkms-$branch}")
fi
if [ -z "$modules" ]; then
  if secure_boot; then
    stop "Secure Boot is on: the kernel would load no module that is built on this machine, and there is none ready made for $kernel. Take an image or a flavor without Secure Boot, or an image that has the driver."
  fi
  if there_is "linux-headers-$kernel"; then
    driver+=("linux-headers-$kernel")
    # those of the next kernel come with it: 6.1.0-50-cloud-amd64 is of linux-headers-cloud-amd64
    if there_is "linux-headers-${kernel#*-*-}"; then driver+=("linux-headers-${kernel#*-*-}"); fi
  elif [ ! -e "/lib/modules/$kernel/build" ]; then
    stop "The headers of the kernel that runs, $kernel, are not to be had any more, and the driver is built with them. Renew the system (sudo apt-get update && sudo apt-get full-upgrade), restart the machine, and run its steps again."
  fi
fi
log "Installing the driver for $kernel$([ -n "$modules" ] || echo ": it is built here, which takes some minutes")"
apt_install "${driver[@]}"

# The packages keep the kernel's own driver from being loaded at the next start.
if grep -q '^nouveau ' /proc/modules && ! modprobe -r nouveau; then
  stop "The kernel's own driver, nouveau, holds the card until this machine starts anew. Restart it, and run its steps again."
fi
if ! modprobe nvidia; then
  dmesg 2>/dev/null | grep -iE 'nvidia|NVRM|lockdown' | tail -n 5 || true
  stop "The driver is installed and the kernel $kernel does not load it. If the machine was renewed since it started, restart it and run its steps again; else the lines above say why."
fi
[ "$(nvidia_answers)" != 0 ] || stop "The driver is loaded and answers for no card: it may be too new or too old for this one (the newest need NVIDIA's open modules). The kernel's log says which: sudo dmesg | grep NVRM"
tell
