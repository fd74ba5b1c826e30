#!/bin/sh
# Runs the tests and, where some fail, says once more at the end which.
set -u

log=$(mktemp)
status_file=$(mktemp)
trap 'rm -f "$log" "$status_file"' EXIT
{
    "$@" 2>&1
    echo $? >"$status_file"
} | tee "$log"
status=$(cat "$status_file")
if [ "$status" -ne 0 ]; then
    echo
    echo "Failed:"
    grep -A 4 -E '^✘ Test .* recorded an issue|error:|Time limit' "$log" | tail -n 200
fi
exit "$status"
