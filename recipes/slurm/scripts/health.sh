#!/usr/bin/env bash
# Puts the program there with which slurmd looks after this worker. It keeps jobs away while disk or memory is nearly full or the shared
# home folders are missing, and lets them in again afterwards. Switched off, it lets go of what it had kept away.
# Given: HEALTH_CHECK (true or false), SHARED_HOME (nfs or none).
set -euo pipefail
program=/usr/local/sbin/transat-slurm-health about=/etc/transat/slurm-health

if [ "$HEALTH_CHECK" != true ]; then
  if [ -e "$program" ]; then
    printf 'off\n%s\n' "$NODE_NAME" >"$about"
    "$program"
    rm -f "$program" "$about"
    log "The check is taken out."
  fi
  exit 0
fi

install -d -m 0755 /etc/transat
printf '%s\n%s\n' "$SHARED_HOME" "$NODE_NAME" >"$about.new"
mv -f "$about.new" "$about"
cat >"$program.new" <<'PROGRAM'
#!/usr/bin/env bash
# Run by slurmd every few minutes, as root. Sets this worker aside with a reason while it is not well, and takes back only what it did itself.
set -uo pipefail
ours='Transat health:'
{ read -r home && read -r node; } </etc/transat/slurm-health || exit 0

# Where the controller does not answer nothing is known of this worker, and nothing is done to it.
said=$(timeout -s KILL 20 sinfo --noheader --Node --nodes="$node" --format='%T|%E' | head -n 1) || exit 0
state=${said%%|*} reason=${said#*|}
aside=false mine=false margin=1
[[ $state != drain* ]] || aside=true
# What is well by a hair would be set aside again a moment later: twice as much must be free then.
if [ "$aside" = true ] && [[ $reason == "$ours"* ]]; then mine=true margin=2; fi

ill=()
# short SHARE MOST: whether less is free than that share in a hundred, and less than MOST (0: no such bound). Comes in: size and what is free.
short() { awk -v share="$1" -v most="$2" -v margin="$margin" '{need = $1 * share / 100; if (most && need > most) need = most; exit !($1 > 0 && $2 < need * margin)}'; }
if [ "$home" != off ]; then
  for folder in / /tmp /var; do
    if df -Pk "$folder" | awk 'NR == 2 {print $2, $4}' | short 5 1048576; then ill+=("$folder is nearly full"); fi
    if df -Pi "$folder" | awk 'NR == 2 {print $2, $4}' | short 2 0; then ill+=("$folder takes hardly any more files"); fi
  done
  if awk '/^MemTotal:/ {total = $2} /^MemAvailable:/ {free = $2} END {print total + 0, free + 0}' /proc/meminfo | short 2 524288; then ill+=('memory is nearly full'); fi
  if [ "$home" = nfs ]; then
    if ! grep -q ' /home nfs' /proc/self/mounts; then
      ill+=('the shared home folders are not mounted')
    elif ! timeout -s KILL 20 stat --file-system /home >/dev/null 2>&1; then
      ill+=('the shared home folders do not answer')
    fi
  fi
fi

if [ "${#ill[@]}" -gt 0 ]; then
  words=$(printf '%s, ' "${ill[@]}")
  words="$ours ${words%, }"
  # What somebody else has set aside stays with their reason.
  if [ "$aside" = false ] || { [ "$mine" = true ] && [ "$reason" != "$words" ]; }; then
    timeout -s KILL 20 scontrol update "NodeName=$node" State=DRAIN "Reason=$words"
  fi
elif [ "$mine" = true ]; then
  timeout -s KILL 20 scontrol update "NodeName=$node" State=UNDRAIN
fi
exit 0
PROGRAM
chmod 0755 "$program.new"
mv -f "$program.new" "$program"
log "slurmd looks after this worker."
