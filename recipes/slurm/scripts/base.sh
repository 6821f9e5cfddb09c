#!/usr/bin/env bash
# Installs SLURM's packages and the munge key that all nodes share.
# Given: ROLE (controller or worker), MUNGE_KEY (base64), MPI (true or false), PACKAGES (one a line).
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh

mapfile -t wanted < <(grep -v '^[[:space:]]*$' <<<"$PACKAGES" || true)
# mpi4py is the small proof that MPI works; it brings OpenMPI, whose PMIx srun speaks.
[ "$MPI" != true ] || wanted+=(openmpi-bin python3-mpi4py)
case "$ROLE" in
  controller) wanted+=(munge slurmctld slurm-client) ;;
  worker) wanted+=(munge slurmd slurm-client) ;;
esac
random_delay 3
# What is there stays as it is: a newer SLURM in the middle of a job is nobody's wish.
apt_install --no-upgrade "${wanted[@]}"
# srun looks for PMIx under the name that only the package for developers brings.
for library in /usr/lib/*/pmix2/lib/libpmix.so.2; do
  if [ -e "$library" ] && [ ! -e "${library%.2}" ]; then ln -s libpmix.so.2 "${library%.2}"; fi
done

# The package made a key of its own; the deployment's takes its place.
install -d -o munge -g munge -m 0700 /etc/munge
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
base64 -d <<<"$MUNGE_KEY" >"$work/munge.key"
put "$work/munge.key" /etc/munge/munge.key munge:munge 400 /etc/munge/.transat-stands
begin_anew /etc/munge/.transat-stands munge
retry 5 sh -c 'munge -n | unmunge >/dev/null'
log "munge works; SLURM $(dpkg-query --show --showformat='${Version}' slurm-client) is installed."
