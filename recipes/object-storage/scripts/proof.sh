#!/usr/bin/env bash
# Makes the buckets that are not there yet, then shows by use that objects are kept: one in several parts is put and got by HTTPS with a usual client, the same to
# the byte; and nobody gets it without the keys, or with a wrong one.
# Given: ACCESS_KEY, SECRET_KEY, CA_CERT (of the authority), BUCKETS (names, one a line); PORT, where it is another than 443.
set -euo pipefail
work=$(mktemp -d) address=$PRIVATE_ADDRESS${PORT:+:$PORT}
printf '%s\n' "$CA_CERT" >"$work/authority.pem"
: >"$work/none"
# The keys come from the environment: a command line is everybody's to see.
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY
s3() {
  s3cmd --config "$work/none" --host "$address" --host-bucket "$address" --ssl --ca-certs "$work/authority.pem" --region us-east-1 --no-progress "$@"
}

there=$(s3 ls | awk '{print $NF}')
first=''
while read -r bucket; do
  [ -n "$bucket" ] || continue
  [ -n "$first" ] || first=$bucket
  grep -qxF "s3://$bucket" <<<"$there" || s3 mb "s3://$bucket"
done <<<"$BUCKETS"

# of a proof that was cut off: what it put, and what it had begun to put
mine="s3://$first/transat-proof-[0-9a-f]{12}"
while read -r left; do s3 --quiet del "$left"; done < <(s3 ls "s3://$first/transat-proof-" | awk '{print $NF}' | grep -xE "$mine" || true)
while read -r _ left upload; do s3 --quiet abortmp "$left" "$upload"; done < <(s3 multipart "s3://$first" | grep -E "[[:space:]]${mine}[[:space:]]" || true)
name=transat-proof-$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
trap 's3 --quiet del "s3://$first/$name" || true; rm -rf "$work"' EXIT
head -c 11534336 /dev/urandom >"$work/put"
s3 --quiet --multipart-chunk-size-mb=5 put "$work/put" "s3://$first/$name"
s3 --quiet get "s3://$first/$name" "$work/got"
[ "$(sha256sum <"$work/put")" = "$(sha256sum <"$work/got")" ] || {
  log "What was got is not what was put."
  exit 1
}
nobody=$(curl --silent --noproxy '*' --cacert "$work/authority.pem" --max-time 30 --output /dev/null --write-out '%{http_code}' "https://$address/$first/$name")
if [ "$nobody" != 403 ]; then
  log "Who has no keys is answered with $nobody, not refused with 403."
  exit 1
fi
wrong=$(AWS_SECRET_ACCESS_KEY=not-$SECRET_KEY s3 ls "s3://$first" >"$work/said" 2>&1 && echo 'let in' || echo refused)
[ "$wrong" = refused ] || {
  log "Who has a wrong secret key is $wrong."
  exit 1
}
output proof "an object in three parts was put and got; who has no keys, or a wrong one, was refused"
log "Proven: an object in three parts was put and got."
