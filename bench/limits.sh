#!/bin/sh
# SPDX-License-Identifier: ISC
#
# make bench-limits: reports in which one thing is large, at several sizes. Each
# run is written to bench/results/limits.tsv in the build folder: scenario, size,
# octets of the message, octets asked for in all, most octets held at once,
# seconds, instructions. limits.awk fits a power of the size to each. Fails if
# instructions or octets asked for grow faster than size^1.15, or if an original
# of 4 GB cannot be returned with 64 MB of memory.
#
#   SCENARIOS   only those, such as "header attempts"; what was found of the
#               others before stays

srcdir=${srcdir:-.}
AWK=${AWK:-awk}
LC_ALL=C
export LC_ALL
results=bench/results
out=$results/limits.tsv
scenarios=${SCENARIOS:-original recipients replies header attempts template}

say() { printf 'limits: %s\n' "$*"; }
fail() { say "$*"; exit 1; }

# Sizes whose instructions are counted, which takes some hundred times longer.
counted_sizes() {
    case $1 in
    original) echo 1000000 4000000 16000000 ;;
    recipients | attempts) echo 100 1000 10000 ;;
    replies) echo 500 2000 8000 ;;
    header) echo 10000 100000 1000000 ;;
    template) echo 10000 100000 1000000 ;;
    esac
}

# And sizes that are only run.
other_sizes() {
    case $1 in
    recipients | attempts) echo 100000 ;;
    replies) echo 100000 ;;
    header) echo 10000000 ;;
    esac
}

count_instructions() {
    command -v valgrind >/dev/null || { echo -; return; }
    valgrind --tool=callgrind --callgrind-out-file=/dev/null bench/limits \
        "$1" "$2" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}

# measure SCENARIO SIZE INSTRUCTIONS: one line of the file.
measure() {
    bench/limits "$1" "$2" >"$results/line" || fail "$1 of $2: no report"
    read -r octets asked peak seconds <"$results/line"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$octets" "$asked" "$peak" \
        "$seconds" "$3" >>"$out"
}

mkdir -p $results
[ -e "$out" ] || : >"$out"
$AWK -F '\t' -v chosen=" $scenarios " '!index(chosen, " " $1 " ")' "$out" \
    >"$results/kept" && mv "$results/kept" "$out"
command -v valgrind >/dev/null ||
    say "skipped: instructions (Debian: valgrind)"

for scenario in $scenarios; do
    for size in $(counted_sizes "$scenario"); do
        say "$scenario of $size"
        measure "$scenario" "$size" "$(count_instructions "$scenario" "$size")"
    done
    for size in $(other_sizes "$scenario"); do
        say "$scenario of $size"
        measure "$scenario" "$size" -
    done
done

# The whole process in 64 MB of addresses, whatever the original's size.
case " $scenarios " in
*" original "*)
    for size in 67108864 268435456 1073741824 4294967296; do
        # shellcheck disable=SC3045 # dash, bash and busybox know it
        (ulimit -v 65536 && measure original $size -) ||
            fail "an original of $size octets needs more than 64 MB"
    done
    say "an original of 4 GB was returned by a process of at most 64 MB"
    ;;
esac
rm -f "$results/line"

$AWK -F '\t' -f "$srcdir/bench/table.awk" \
    -f "$srcdir/bench/limits.awk" "$out" || fail "not linear"
say "written: $out"
