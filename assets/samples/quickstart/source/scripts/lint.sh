#!/bin/sh
# Checks pages and styles. Ends with 1 when something is wrong.
set -eu
. scripts/pretty.sh

faults=0
check() {
  if "$@"; then good "$checked: $2"; else
    bad "$checked: $2"
    faults=$((faults + 1))
  fi
}

spaces_at_line_ends() { ! grep -n ' $' "$1"; }
one_language() { grep -q '<html lang="[a-z][a-z]">' "$1"; }
braces() { [ "$(tr -cd '{' <"$1" | wc -c)" -eq "$(tr -cd '}' <"$1" | wc -c)" ]; }

title 'Linting pages and styles'
for file in pages/*.html styles/*.css catalogue.tsv; do
  checked='no spaces at line ends'
  check spaces_at_line_ends "$file"
  pause
done
checked='language is given'
check one_language pages/head.html
checked='braces match'
check braces styles/site.css

[ "$faults" -eq 0 ] || {
  bad "$faults faults"
  exit 1
}
good 'Nothing to complain about'
