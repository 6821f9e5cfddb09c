#!/usr/bin/env bash
# Sets up the accounting database and SLURM's daemon for it, both for this machine alone.
# Given: DATABASE_PASSWORD.
set -euo pipefail

apt_install mariadb-server slurmdbd
cat >/etc/mysql/mariadb.conf.d/60-slurm.cnf <<'CNF'
[mysqld]
bind-address = 127.0.0.1
innodb_buffer_pool_size = 256M
innodb_lock_wait_timeout = 900
CNF
systemctl --quiet enable mariadb
systemctl restart mariadb
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
(umask 077 && cat >/etc/slurm/slurmdbd.conf.new) <<CONF
AuthType=auth/munge
DbdHost=localhost
SlurmUser=slurm
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StoragePass=$password
StorageLoc=slurm_acct_db
LogFile=/var/log/slurm/slurmdbd.log
PidFile=/run/slurmdbd.pid
CONF
chown slurm:slurm /etc/slurm/slurmdbd.conf.new
mv -f /etc/slurm/slurmdbd.conf.new /etc/slurm/slurmdbd.conf
systemctl --quiet enable slurmdbd
systemctl restart slurmdbd
wait_for 127.0.0.1 6819 180
log "Accounts are kept in MariaDB on this machine."
