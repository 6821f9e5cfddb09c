#!/usr/bin/env bash
# Functions for Java as the distribution has it. A script has them by `. ../shared/java.sh` on a line of its own.

# install_java: Java 17, or 21 where the distribution has that in its place (Debian 13). The lists of packages have been read by then: something else was installed before.
install_java() {
  local package=openjdk-17-jre-headless
  # that others speak of a package is no reason that it is there
  [ -n "$(apt-cache madison "$package")" ] || package=openjdk-21-jre-headless
  apt_install "$package"
}

# java_programs: the folder of its programs; of two, that which was there first stays.
java_programs() {
  local folder
  for folder in /usr/lib/jvm/java-17-openjdk-amd64/bin /usr/lib/jvm/java-21-openjdk-amd64/bin; do
    if [ -d "$folder" ]; then
      echo "$folder"
      return
    fi
  done
  log "Java is not there." >&2
  return 1
}
