#!/bin/sh
# SPDX-License-Identifier: ISC
#
# make bench: libndr, and GMime where it is there, on the same workloads. Prints
# tables and writes them as bench/results/bench.tsv in the build folder: workload,
# writer, what, value. Fails if a message is wrong.
#
#   WORKLOADS   only those, such as "w1 w4"
#   ROUNDS      turns of both writers for the time [9]
#   SECONDS_PER_TURN                              [0.1]
#   BENCH_SAVE  1: libndr's instructions are the baseline from now on

srcdir=${srcdir:-.}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
AWK=${AWK:-awk}
LC_ALL=C
export LC_ALL
results=bench/results
out=$results/bench.tsv
baseline=$srcdir/bench/baseline.txt

rounds=${ROUNDS:-9}
turn=${SECONDS_PER_TURN:-0.1}

say() { printf 'bench: %s\n' "$*"; }
note() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$out"; }

mkdir -p $results
: >"$out"
workloads=${WORKLOADS:-$(bench/measure_ndr list)}
writers=ndr
if [ -x bench/measure_gmime ] && "$PKG_CONFIG" --exists gmime-3.0; then
    writers='ndr gmime'
else
    say "skipped: gmime (Debian: libgmime-3.0-dev)"
fi
instructions=yes
if ! command -v valgrind >/dev/null; then
    instructions=
    say "skipped: instructions (Debian: valgrind)"
fi
compiler=$(${CC:-cc} --version | sed 1q)
note - - compiler "$compiler, $CFLAGS"
note - - machine "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed 1q)"
[ "$writers" = ndr ] ||
    note - - gmime "GMime $("$PKG_CONFIG" --modversion gmime-3.0)"
[ -z "$instructions" ] || note - - valgrind "$(valgrind --version)"

# ---- Right before fast -------------------------------------------------------

for workload in $workloads; do
    for writer in $writers; do
        bench/measure_$writer check "$workload" || {
            say "$writer: the message of $workload is wrong"
            exit 1
        }
        note "$workload" $writer octets "$(bench/measure_$writer build "$workload" 1)"
    done
done
say "all messages are right"

# ---- Counts ------------------------------------------------------------------

# run_under_callgrind PROGRAM WORKLOAD MESSAGES: instructions.
run_under_callgrind() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$1" build "$2" \
        "$3" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}

for workload in $workloads; do
    case $workload in
    w1 | w4 | w2-10) messages=20 ;;
    *) messages=1 ;;
    esac
    for writer in $writers; do
        # The first line is of a new report, the second of one used again.
        counter=measure_ndr
        [ $writer = ndr ] || counter=count_$writer
        bench/$counter heap "$workload" >"$results/heap"
        {
            read -r calls octets peak
            [ $writer != ndr ] || {
                note "$workload" ndr new_calls "$calls"
                note "$workload" ndr new_octets "$octets"
                note "$workload" ndr peak "$peak"
            }
            read -r calls octets peak
            note "$workload" $writer calls "$calls"
            note "$workload" $writer octets_asked "$octets"
            [ $writer = ndr ] || note "$workload" $writer peak "$peak"
        } <"$results/heap"
        [ "$instructions" ] || continue
        once=$(run_under_callgrind bench/measure_$writer "$workload" $messages)
        twice=$(run_under_callgrind bench/measure_$writer "$workload" \
            $((2 * messages)))
        note "$workload" $writer instructions \
            $(((twice - once) / messages))
    done
done
rm -f "$results/heap"

# ---- Time, taking turns ------------------------------------------------------

for workload in $workloads; do
    round=0
    while [ $round -lt "$rounds" ]; do
        for writer in $writers; do
            note "$workload" $writer "ns" \
                "$(bench/measure_$writer time "$workload" "$turn")"
        done
        round=$((round + 1))
    done
done

# ---- Tables ------------------------------------------------------------------

$AWK -F '\t' -f "$srcdir/bench/table.awk" -f "$srcdir/bench/tables.awk" "$out"

if [ "${BENCH_SAVE:-}" ] && [ "$instructions" ]; then
    {
        echo "# Instructions of libndr for one message: make bench BENCH_SAVE=1"
        echo "# $compiler, $CFLAGS"
        $AWK -F '\t' '$2 == "ndr" && $3 == "instructions" {
            print $1 "\t" $4 }' "$out"
    } >"$baseline"
    say "these are the baseline now: $baseline"
elif [ -e "$baseline" ] && [ "$instructions" ]; then
    grep -qF "# $compiler, $CFLAGS" "$baseline" ||
        say "the baseline was made by another compiler or with other flags"
    echo
    printf '%-10s %14s %14s %8s\n' workload instructions baseline change
    $AWK -F '\t' '
        FILENAME ~ /baseline/ { if (!/^#/) was[$1] = $2; next }
        $2 == "ndr" && $3 == "instructions" && was[$1] {
            change = ($4 / was[$1] - 1) * 100
            printf "%-10s %14d %14d %+7.1f%% %s\n", $1, $4, was[$1], change, \
                (change > 2 ? "slower" : change < -2 ? "faster" : "")
        }' "$baseline" "$out"
fi
say "written: $out"
