#!/usr/bin/env bash
# Installs SLURM's packages and the munge key that all nodes share.
# Given: ROLE (controller or worker), MUNGE_KEY (base64), MPI (true or false), PACKAGES (one a line).
set -euo pipefail

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
if ! base64 -d <<<"$MUNGE_KEY" | cmp -s - /etc/munge/munge.key; then
  (umask 077 && base64 -d <<<"$MUNGE_KEY" >/etc/munge/munge.key.new)
  chown munge:munge /etc/munge/munge.key.new
  chmod 0400 /etc/munge/munge.key.new
  mv -f /etc/munge/munge.key.new /etc/munge/munge.key
  log "The deployment's munge key is in place."
  systemctl --quiet enable munge
  systemctl restart munge
fi
systemctl is-active --quiet munge || systemctl start munge
retry 5 sh -c 'munge -n | unmunge >/dev/null'
log "munge works; SLURM $(dpkg-query --show --showformat='${Version}' slurm-client) is installed."
