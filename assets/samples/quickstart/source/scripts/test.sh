#!/bin/sh
# Runs each file of tests/ in a shell of its own and writes how many passed to tests/passed.
set -u
. scripts/pretty.sh

passed=0
failed=0
title 'Running tests'
for test in tests/*.test.sh; do
  if sh "$test"; then
    good "$(sed -n '2s/^# //p' "$test")"
    passed=$((passed + 1))
  else
    bad "$(sed -n '2s/^# //p' "$test")"
    failed=$((failed + 1))
  fi
  pause
done
echo "$passed" >tests/passed
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
