#!/bin/sh
# Renders the shop into the given folder. VERSION is shown at the foot of each page.
set -eu
. scripts/pretty.sh

out=$1
version=${VERSION:-$(cat VERSION)}

goods() {
  tab=$(printf '\t')
  while IFS="$tab" read -r id name price; do
    printf '<li id="%s">%s <span class="price">%s €</span></li>\n' "$id" "$name" "$price"
  done <catalogue.tsv
}

render() {
  cat pages/head.html "pages/$1" pages/foot.html |
    sed -e "s|@VERSION@|$version|" -e "/@CATALOGUE@/r $out/.goods" -e '/@CATALOGUE@/d' >"$out/$1"
  good "$out/$1"
  pause
}

title "Packaging version $version"
rm -rf "$out"
mkdir -p "$out"
goods >"$out/.goods"
render index.html
render about.html
rm "$out/.goods"
cp styles/site.css "$out/site.css"
good "$out/site.css"
pause
echo "$version" >"$out/version.txt"
good "$out/version.txt"
pause
