#!/bin/sh
# every link leads to a page
for target in $(cat pages/*.html | grep -o 'href="[a-z]*\.html"' | cut -d '"' -f 2 | sort -u); do
  [ -f "pages/$target" ] || exit 1
done
