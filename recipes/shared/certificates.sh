#!/usr/bin/env bash
# Functions for certificates that the deployment's own authority signs, or the machine for itself. A script has them by `. ../shared/certificates.sh` on a line of its own.
# Given, where the authority signs: CA_CERT, CA_KEY (PEM, of the authority).

# certificate_stays FILE [ADDRESS...]: whether the certificate is of this authority and for these addresses, and has another month to go.
certificate_stays() {
  local file=$1 address authority verdict=1
  shift
  authority=$(mktemp)
  printf '%s\n' "$CA_CERT" >"$authority"
  if openssl verify -CAfile "$authority" "$file" >/dev/null 2>&1 && openssl x509 -in "$file" -noout -checkend 2592000 >/dev/null; then verdict=0; fi
  rm -f "$authority"
  for address; do openssl x509 -in "$file" -noout -checkip "$address" 2>/dev/null | grep -q 'does match' || verdict=1; done
  return "$verdict"
}

# sign_certificate FOLDER NAME USES [ADDRESS...]: FOLDER/key.pem and FOLDER/certificate.pem, for the name, this machine's own and the addresses. It lasts 825 days: some
# clients take none that lasts longer. What it needs of the authority is in the folder only as long as this runs.
sign_certificate() (
  set -e
  folder=$1 name=$2 uses=$3
  shift 3
  umask 077
  trap 'rm -f "$folder"/signing.*' EXIT
  names="DNS:$NODE_NAME"
  for address; do names="IP:$address,$names"; done
  printf 'subjectAltName=%s\nextendedKeyUsage=%s\n' "$names" "$uses" >"$folder/signing.extensions"
  printf '%s\n' "$CA_CERT" >"$folder/signing.authority"
  printf '%s\n' "$CA_KEY" >"$folder/signing.key"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout "$folder/key.pem" -out "$folder/signing.request" 2>/dev/null
  openssl x509 -req -in "$folder/signing.request" -CA "$folder/signing.authority" -CAkey "$folder/signing.key" -set_serial "0x$(openssl rand -hex 16)" -days 825 \
    -extfile "$folder/signing.extensions" -out "$folder/certificate.pem" 2>/dev/null
)

# own_certificate KEY FILE ADDRESS NAME...: that this machine signs for itself, for that address and the names (IP:… or DNS:…). It is another one for another address, and in the
# month before its end: whoever runs this again then has another.
own_certificate() {
  local key=$1 file=$2 address=$3 names
  shift 3
  if openssl x509 -in "$file" -noout -checkip "$address" 2>/dev/null | grep -q 'does match' && openssl x509 -in "$file" -noout -checkend 2592000 >/dev/null; then return; fi
  log "Signing a certificate for $address"
  names=$(printf ',%s' "$@")
  (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 825 -subj "/CN=$address" -addext "subjectAltName=IP:$address$names" \
    -keyout "$key" -out "$file" 2>/dev/null)
}

# certificate_ends FILE: the moment, as people's clocks are told it.
certificate_ends() {
  date -u -d "$(openssl x509 -in "$1" -noout -enddate | cut -d= -f2)" +%Y-%m-%dT%H:%M:%SZ
}

# certificate_fingerprint FILE: as browsers show it.
certificate_fingerprint() {
  openssl x509 -in "$1" -noout -fingerprint -sha256 | cut -d= -f2
}
