#!/bin/sh
# The whole program against the fake: `raadbot serve` with [teams], real TLS to Microsoft's names, which in this
# network of its own are the fake's (program.test.mjs).
#   RAADBOT=program RAADBOT_CONFIG=demo.toml tests/integration/teams/program.sh
# Ends with 77 when Node.js or openssl is missing or no network of its own can be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for need in node openssl unshare ip; do
    command -v $need >/dev/null || { echo "skipped: $need is not installed"; exit 77; }
done
apart="unshare --map-root-user --net --mount"
$apart true 2>/dev/null || { echo "skipped: no namespaces here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
names="login.botframework.com login.microsoftonline.com smba.trafficmanager.net"
printf '127.0.0.1 localhost %s\n' "$names" >"$dir/hosts"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout "$dir/key.pem" -out "$dir/cert.pem" -subj "/CN=fake" \
    -addext "subjectAltName=DNS:$(echo "$names" | sed 's/ /,DNS:/g')" >/dev/null 2>&1
export TEAMS_FOLDER="$dir" SSL_CERT_FILE="$dir/cert.pem"
$apart sh -c 'ip link set lo up && mount --bind "$1/hosts" /etc/hosts && exec node --test "$2/program.test.mjs"' sh "$dir" "$here"
