#!/usr/bin/env bash
# shellcheck disable=SC2154  # what is given is set by whoever has these functions
# Accounts of people in a program. A script has it by `. ../shared/accounts.sh` on a line of its own.
# Given: accounts (the file of what people are told, a line for each account that was made: name and password).

# password_of NAME: with which that person's account is to be made, the same until they are told. It is written down before the program is asked, so that whoever is
# cut off between the two still has it: an account that lets in with it is the one.
password_of() {
  (
    umask 077
    grep -qs "^$1 " "$accounts.asked" || printf '%s %s\n' "$1" "$(head -c 15 /dev/urandom | base64 | tr '+/' 'Aa')" >>"$accounts.asked"
  )
  sed -n "s/^$1 //p" "$accounts.asked"
}

# tell NAME PASSWORD: the account is there, with that password.
tell() {
  printf '%s %s\n' "$1" "$2" >>"$accounts"
  log "Account $1"
}

# lets_in STATUS: whether the answer of HTTP to a name with a password is that they are let in. Whoever is answered otherwise, or not at all, ends here: the password is not to be
# forgotten because a program was busy.
lets_in() {
  case "$1" in
    2??) return 0 ;;
    # 404: its owner calls it otherwise now
    401 | 403 | 404) return 1 ;;
  esac
  log "Asked whether an account lets in, the program answered $1."
  exit 1
}
