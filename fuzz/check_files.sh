#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Is files.txt the list of all seeds and repros, and are the seeds what
# make_seeds writes? Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

(cd "$srcdir/fuzz" && find seeds repro -type f ! -name README | LC_ALL=C sort) \
    >"$tmp/files"
LC_ALL=C sort "$srcdir/fuzz/files.txt" | diff - "$tmp/files" >>"$bad"
[ "$(wc -l <"$tmp/files")" -ge 50 ] || echo "hardly any file" >>"$bad"
result "fuzz/files.txt lists each seed and repro"

sources="$srcdir/fuzz/make_seeds.c $srcdir/fuzz/seeds_report.c
    $srcdir/fuzz/seeds_plain.c"
for target in report reply xtext catalog original; do
    mkdir -p "$tmp/seeds/$target"
done
# shellcheck disable=SC2086
if ${CC:-cc} -I"$srcdir/include" -I"$srcdir/fuzz" $sources \
    -o "$tmp/make_seeds" 2>>"$bad"; then
    "$tmp/make_seeds" "$tmp/seeds" && diff -r "$srcdir/fuzz/seeds" \
        "$tmp/seeds" >>"$bad"
fi
result "fuzz/seeds/ is what make_seeds writes"

finish
