#!/bin/sh
# the foot of each page shows the version
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
SHOP_PACE=0 VERSION=9.9.9 sh scripts/package.sh "$out/site" >/dev/null
[ "$(grep -l 'Version 9.9.9' "$out"/site/*.html | wc -l)" -eq 2 ]
