#!/usr/bin/env bash
# Sets up the accounting database, for this machine alone, and SLURM's daemon for it, which the nodes of the cluster may ask.
# Given: DATABASE_PASSWORD.
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

apt_install --no-upgrade mariadb-server slurmdbd

cat >"$work/mariadb" <<'CNF'
[mysqld]
bind-address = 127.0.0.1
innodb_buffer_pool_size = 128M
innodb_log_file_size = 64M
innodb_lock_wait_timeout = 900
CNF
put "$work/mariadb" /etc/mysql/mariadb.conf.d/60-slurm.cnf root 644 /etc/mysql/.transat-stands
begin_anew /etc/mysql/.transat-stands mariadb
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
cat >"$work/slurmdbd" <<CONF
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
put "$work/slurmdbd" /etc/slurm/slurmdbd.conf slurm:slurm 600 /etc/slurm/.slurmdbd-stands
mkdir -p /etc/systemd/system/slurmdbd.service.d
printf '[Unit]\nAfter=mariadb.service\n[Service]\nRestart=on-failure\nRestartSec=5\n' >"$work/unit"
put "$work/unit" /etc/systemd/system/slurmdbd.service.d/transat.conf root 644 /etc/slurm/.slurmdbd-stands
begin_anew /etc/slurm/.slurmdbd-stands slurmdbd
wait_for "$PRIVATE_ADDRESS" 6819 180
log "Accounts are kept in MariaDB on this machine."
