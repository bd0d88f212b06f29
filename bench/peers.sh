#!/bin/sh
# SPDX-License-Identifier: ISC
#
# make bench-peers: libndr among other programs that build the same reports. They
# are not part of this project: NDR_SHARED names the folder that holds
# bench-peers (default: shared, beside the source tree). The library is installed
# in a folder of its own, bench/peers/root in the build folder, and
# bench/peer_ndr.c is built with what pkg-config finds there. Writes
# bench/results/peers.json, and the same as peers.tsv.
#
#   PEERS, WORKLOADS, RUNS, SECONDS   as run.py takes them
#   STEPS                             of time, counts, memory [all]; those of
#                                     other steps then stay

srcdir=${srcdir:-.}
AWK=${AWK:-awk}
work=$(pwd)/bench/peers
results=$(pwd)/bench/results
peers=${NDR_SHARED:-$srcdir/../shared}/bench-peers
out=$results/peers.json

say() { printf 'peers: %s\n' "$*"; }
fail() { say "$*"; exit 1; }

[ -e "$peers/run.py" ] || fail "skipped: there is no $peers/run.py"
command -v python3 >/dev/null || fail "skipped: python3 is not there"
peers=$(cd "$peers" && pwd)
source=$(cd "$srcdir" && pwd)
mkdir -p "$work" "$results"

say "installing the library in $work/root"
${MAKE:-make} -s install prefix="$work/root" >"$work/install.log" 2>&1 ||
    fail "make install failed, see $work/install.log"
export PKG_CONFIG_PATH="$work/root/lib/pkgconfig"
export LD_LIBRARY_PATH="$work/root/lib"
sed "s,^prefix=.*,prefix=$work/root," "$PKG_CONFIG_PATH/libndr.pc" \
    >"$work/libndr.pc" && mv "$work/libndr.pc" "$PKG_CONFIG_PATH/libndr.pc"

say "building the peers"
NDR_PEER=$source/bench/peer_ndr.c CFLAGS='-O2 -g -std=gnu11' \
    "$peers/build.sh" "$work/bin" >"$work/build.log" 2>&1
sed -n 's/^skipped: /peers: skipped: /p' "$work/build.log"
[ -x "$work/bin/bench-ndr" ] ||
    fail "the peer of libndr was not built, see $work/build.log"
[ -e "$work/data/w4/meta" ] && [ -e "$work/data/w3-100/original.eml" ] ||
    "$peers/gen_data.py" "$work/data" || fail "no inputs"

# nodemailer is not packaged: it takes part when its folder is named.
: "${PEERS:=memcpy limit lb stdio ndr gmime etpan vmime python perl-entity \
perl-emime jakarta${BENCH_NODEMAILER:+ nodemailer}}"
: "${WORKLOADS:=w1 w2-1000 w3-10 w4}"
export PEERS WORKLOADS

# ---- Right before fast -------------------------------------------------------
#
# The validator looks for each reply in the raw octets. In the status part libndr
# folds long fields (RFC 5322 2.2.3), and shows octets of a reply that are not
# ASCII as \xHH; both are taken back there first. Nothing else is changed.

for workload in $WORKLOADS w2-10 w3-1; do
    BENCH_DATA=$work/data BENCH_DUMP=$work/ndr-$workload.eml \
        "$work/bin/bench-ndr" "$workload" 1 >/dev/null || fail "$workload"
    python3 - "$work/ndr-$workload.eml" <<'PYTHON'
import re
import sys

octets = open(sys.argv[1], 'rb').read()
start = re.search(rb'\r\nContent-Type: message/[a-z-]*delivery-status', octets)
boundary = re.findall(rb'boundary="([^"]*)"', octets[:start.start()])[0]
end = octets.index(b'\r\n--' + boundary, start.end())
status = octets[start.start():end].replace(b'\r\n ', b' ')
status = re.sub(rb'\\x([0-9A-F]{2})', lambda m: bytes([int(m[1], 16)]), status)
open(sys.argv[1], 'wb').write(octets[:start.start()] + status + octets[end:])
PYTHON
    python3 "$peers/validate.py" "$work/data/$workload" \
        "$work/ndr-$workload.eml" || fail "ndr: $workload is not valid"
    rm -f "$work/ndr-$workload.eml"
done

# ---- The run -----------------------------------------------------------------

[ "${STEPS:-}" ] || rm -f "$out"
PEERS=$(echo "$PEERS" | sed 's/\(^\| \)ndr\( \|$\)/ /') \
    "$peers/run.py" "$work/bin" "$work/data" "$out" validate
# shellcheck disable=SC2086
"$peers/run.py" "$work/bin" "$work/data" "$out" ${STEPS:-time counts memory} ||
    fail "run.py failed"
# The figures one by one, as the other results are: workload, peer, what, value.
python3 - "$out" >"$results/peers.tsv" <<'PYTHON'
import json
import sys

for workload, peers in sorted(json.load(open(sys.argv[1])).items()):
    for peer, figures in sorted(peers.items()):
        for what, value in sorted(figures.items()):
            print(workload, peer, what, value, sep='\t')
PYTHON
$AWK -F '\t' -f "$srcdir/bench/table.awk" -f "$srcdir/bench/peers.awk" \
    "$results/peers.tsv"
say "written: $out, $results/peers.tsv"
