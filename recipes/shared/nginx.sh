#!/usr/bin/env bash
# shellcheck disable=SC2154  # what is given is set by whoever has these functions
# TLS before a program by nginx, with a certificate that the deployment's authority signs. A script has it by `. ../shared/nginx.sh` on a line of its own, after
# certificates.sh and put.sh. Given: settings (the program's folder), work (a folder for a while), reachable (the address from outside), CA_CERT, CA_KEY.

# nginx_certificate: $tls/certificate.pem with its key, and $work/authority.pem to know it by. Afterwards tls is the folder.
nginx_certificate() {
  tls=$settings/tls
  install -d -m 700 "$tls"
  printf '%s\n' "$CA_CERT" >"$work/authority.pem"
  if ! certificate_stays "$tls/certificate.pem" "$reachable" "$PRIVATE_ADDRESS"; then
    log "Signing a certificate for $reachable"
    rm -f "$tls/.stands"
    sign_certificate "$work" "$reachable" serverAuth "$PRIVATE_ADDRESS" "$reachable"
    install -m 600 "$work/key.pem" "$tls/key.pem"
    install -m 600 "$work/certificate.pem" "$tls/certificate.pem"
  fi
}

# nginx_takes NAME: has nginx run by $work/nginx, called NAME there. Who is connected is not cut off where nothing has changed.
nginx_takes() {
  put "$work/nginx" "/etc/nginx/conf.d/$1.conf" root 644 "$tls/.stands"
  if [ ! -e "$tls/.stands" ] || ! systemctl is-active -q nginx; then
    nginx -t -q
    systemctl enable -q nginx
    systemctl reload-or-restart nginx
    touch "$tls/.stands"
  fi
}
