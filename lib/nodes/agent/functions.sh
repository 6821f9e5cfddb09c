# Functions for the scripts of recipes. The agent has bash read this file before every script.
# What a script starts need not have them.
unset BASH_ENV

# log TEXT...: a line in the step's log, with the time.
log() {
  printf '[%s] %s\n' "$(date -u +%H:%M:%S)" "$*"
}

# output NAME VALUE: hands a result to Transat. It may have several lines.
output() {
  local mark="TRANSAT_END_$RANDOM$RANDOM$RANDOM"
  case "$2" in
    *$'\n'*) printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" >>"$TRANSAT_OUTPUTS" ;;
    *) printf '%s=%s\n' "$1" "$2" >>"$TRANSAT_OUTPUTS" ;;
  esac
}

# wait_for HOST PORT [SECONDS]: waits until a TCP port answers, 600 s at most by default.
wait_for() {
  local host=$1 port=$2 seconds=${3:-600} begun=$SECONDS
  log "Waiting for $host, port $port."
  # shellcheck disable=SC2016  # the inner bash expands its own arguments
  until timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$host" "$port" 2>/dev/null; do
    if [ $((SECONDS - begun)) -ge "$seconds" ]; then
      log "$host did not answer on port $port within $seconds s."
      return 1
    fi
    sleep 1
  done
  log "$host answers on port $port after $((SECONDS - begun)) s."
}

# retry TIMES COMMAND...: runs a command until it succeeds, with pauses that grow up to 10 s.
retry() {
  local times=$1 number=1
  shift
  until "$@"; do
    [ "$number" -lt "$times" ] || return 1
    log "That failed; trying again ($number of $times)."
    sleep $((number < 5 ? number * 2 : 10))
    number=$((number + 1))
  done
}

# random_delay [SECONDS]: waits up to so many seconds (5 by default), so that many nodes do not ask for the same thing at once.
random_delay() {
  sleep "$(awk -v most="${1:-5}" -v seed="$RANDOM" 'BEGIN { srand(seed); printf "%.1f", rand() * most }')"
}

_apt() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1 apt-get -qq \
    -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

_apt_repair() {
  DEBIAN_FRONTEND=noninteractive dpkg --configure -a && _apt update
}

# apt_install PACKAGE...: installs packages of the distribution without questions, waiting for whoever else installs.
apt_install() {
  local stamp=/var/lib/transat/apt-updated number
  if ! find "$stamp" -mmin -60 2>/dev/null | grep -q .; then
    log "Reading the package lists."
    retry 5 _apt update
    touch "$stamp" 2>/dev/null || true
  fi
  log "Installing $*."
  for number in 1 2 3; do
    if _apt install -y --no-install-recommends "$@"; then
      return 0
    fi
    [ "$number" -lt 3 ] || break
    log "The installation failed; repairing and trying again."
    sleep $((number * 5))
    _apt_repair || true
  done
  log "These packages could not be installed: $*."
  return 1
}
