# Sourced by the other scripts: coloured lines, and a pause so that a person can watch.

good() { printf '\033[32m✓\033[0m %s\n' "$1"; }
bad() { printf '\033[31m✗\033[0m %s\n' "$1"; }
title() { printf '\033[1;36m%s\033[0m\n' "$1"; }

# Some systems sleep whole seconds only.
pause() { sleep "${SHOP_PACE:-0.6}" 2>/dev/null || sleep 1; }
