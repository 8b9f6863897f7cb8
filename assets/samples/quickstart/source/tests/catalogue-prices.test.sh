#!/bin/sh
# every price has two decimals
! cut -f 3 catalogue.tsv | grep -qvE '^[0-9]+\.[0-9][0-9]$'
