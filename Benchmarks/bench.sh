#!/bin/sh
# Runs `dyad bench` once for each instruction set that the processor has and prints a table.
#
#     bench.sh [PROGRAM] [FOLDER]
#
# SECONDS_EACH sets the length of each run. A level that the processor lacks is named, not measured.
set -eu

cd "$(dirname "$0")/.."
program=${1:-.build/release/dyad}
folder=${2:-Examples}
seconds=${SECONDS_EACH:-6}

if [ ! -x "$program" ]; then
    echo "$program is missing; build it with: make build" >&2
    exit 1
fi

number() { printf '%s' "$1" | sed -n "s/.*\"$2\":\([0-9][0-9]*\).*/\1/p"; }

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
echo "Processor: ${processor:-unknown}. Text: $folder, read again and again for $seconds s on one core."
echo
printf '| %-12s | %9s | %13s | %7s |\n' level words/s sentences/s "peak MB"
printf '| %-12s | %9s | %13s | %7s |\n' --- ---: ---: ---:
for level in avx512vnni avx2 portable; do
    line=$(DYAD_KERNEL=$level "$program" bench "$folder" --seconds "$seconds" --json)
    used=$(printf '%s' "$line" | sed -n 's/.*"kernel":"\([^"]*\)".*/\1/p')
    if [ "$used" = "$level" ]; then
        printf '| %-12s | %9s | %13s | %7s |\n' "$level" "$(number "$line" words_per_second)" \
            "$(number "$line" sentences_per_second)" "$(number "$line" peak_mb)"
    else
        printf '| %-12s | %9s | %13s | %7s |\n' "$level" - - -
        absent="${absent:-} $level"
    fi
done
if [ -n "${absent:-}" ]; then
    echo
    echo "Not on this processor:$absent."
fi

echo
echo "A lexicon of 500,000 made-up entries, as text and compiled (dyad lexicon compile):"
echo
"$program" bench --lexicon 500000
echo
for size in $(printf '%s' "${SIZES:-10000,100000}" | tr ',' ' '); do "$program" bench store --sizes "$size"; done
"$program" bench merge
