#!/bin/sh
# every item of the catalogue is on the front page
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
SHOP_PACE=0 sh scripts/package.sh "$out/site" >/dev/null
[ "$(grep -c '<li id=' "$out/site/index.html")" -eq "$(grep -c . catalogue.tsv)" ]
