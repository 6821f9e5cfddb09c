#!/usr/bin/env bash
# Sets up the accounting database, for this machine alone, and SLURM's daemon for it, which the nodes of the cluster may ask.
# Given: DATABASE_PASSWORD.
set -euo pipefail

apt_install --no-upgrade mariadb-server slurmdbd
changed=false
# put FILE MODE OWNER: writes what comes in, if it is something else than what is there.
put() {
  (umask 077 && cat >"$1.new")
  chmod "$2" "$1.new"
  chown "$3" "$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else
    mv -f "$1.new" "$1"
    changed=true
  fi
}

put /etc/mysql/mariadb.conf.d/60-slurm.cnf 0644 root:root <<'CNF'
[mysqld]
bind-address = 127.0.0.1
innodb_buffer_pool_size = 128M
innodb_log_file_size = 64M
innodb_lock_wait_timeout = 900
CNF
systemctl --quiet enable mariadb
if [ "$changed" = true ] || ! systemctl is-active --quiet mariadb; then systemctl restart mariadb; fi
retry 10 mysqladmin --silent ping

# Of letters and digits alone, whatever was given: SQL and slurmdbd.conf quote differently.
password=$(printf %s "$DATABASE_PASSWORD" | sha256sum | cut -c 1-48)
# The password goes in by the standard input, so that no list of processes shows it.
mysql <<SQL
CREATE DATABASE IF NOT EXISTS slurm_acct_db;
CREATE USER IF NOT EXISTS 'slurm'@'localhost';
ALTER USER 'slurm'@'localhost' IDENTIFIED BY '$password';
GRANT ALL ON slurm_acct_db.* TO 'slurm'@'localhost';
SQL

install -d -m 0755 /etc/slurm
install -d -o slurm -g slurm -m 0755 /var/log/slurm
put /etc/slurm/slurmdbd.conf 0600 slurm:slurm <<CONF
AuthType=auth/munge
DbdHost=$NODE_NAME
DbdAddr=$PRIVATE_ADDRESS
SlurmUser=slurm
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StoragePass=$password
StorageLoc=slurm_acct_db
LogFile=/var/log/slurm/slurmdbd.log
PidFile=/run/slurmdbd.pid
CONF
mkdir -p /etc/systemd/system/slurmdbd.service.d
printf '[Unit]\nAfter=mariadb.service\n[Service]\nRestart=on-failure\nRestartSec=5\n' >/etc/systemd/system/slurmdbd.service.d/transat.conf
systemctl daemon-reload
systemctl --quiet enable slurmdbd
if [ "$changed" = true ] || ! systemctl is-active --quiet slurmdbd; then systemctl restart slurmdbd; fi
wait_for "$PRIVATE_ADDRESS" 6819 180
log "Accounts are kept in MariaDB on this machine."
