#!/bin/sh
# ids in the catalogue are unique
[ -z "$(cut -f 1 catalogue.tsv | sort | uniq -d)" ]
