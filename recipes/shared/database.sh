#!/usr/bin/env bash
# shellcheck disable=SC2154  # what is given is set by whoever has these functions
# A database of PostgreSQL for a program of this machine, whose user of the system is its user of the database, so that there is no password between them.
# A script has it by `. ../shared/database.sh` on a line of its own. Given: data (the folder of what the program keeps, perhaps on a volume).

# as_postgres COMMAND...: as whoever may do all in the database.
as_postgres() { (cd / && runuser -u postgres -- "$@"); }

# own_database USER DATABASE...: has databases of that user run, all of them in one folder below $data. Afterwards port is where they answer.
own_database() {
  local name=$1 making=$data/.database-in-the-making database
  shift
  # Cut off while it was made, it would be taken for one that is whole, and never begin. Nothing was in it yet.
  if [ -e "$making" ]; then
    log "Clearing a database that was not made to its end"
    systemctl stop "postgresql@*-$name"
    rm -rf "$data/postgresql" /etc/postgresql/*/"$name"
    rm -f "$making"
  fi
  if ! pg_lsclusters --no-header | awk -v name="$name" '$2 == name' | grep -q .; then
    local version
    version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -n | tail -1)
    log "Making the database of PostgreSQL $version"
    # what a volume brings along is somebody's
    [ -e "$data/postgresql" ] || touch "$making"
    pg_createcluster "$version" "$name" --datadir="$data/postgresql" --locale=C.UTF-8
    rm -f "$making"
  fi
  systemctl daemon-reload
  systemctl enable -q --now postgresql
  systemctl start "$(pg_lsclusters --no-header | awk -v name="$name" '$2 == name {print "postgresql@" $1 "-" name; exit}')"
  port=$(pg_lsclusters --no-header | awk -v name="$name" '$2 == name {print $3; exit}')
  [ "$(as_postgres psql --port="$port" -tAc "SELECT 1 FROM pg_roles WHERE rolname = '$name'")" = 1 ] || as_postgres createuser --port="$port" "$name"
  for database; do
    [ "$(as_postgres psql --port="$port" -tAc "SELECT 1 FROM pg_database WHERE datname = '$database'")" = 1 ] || as_postgres createdb --port="$port" --owner="$name" "$database"
  done
}
