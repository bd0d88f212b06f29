#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The program in README.md: it compiles, and prints what stands below it. Prints
# TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

# fenced N: what stands in the fenced block N of README.md, counted from 1.
fenced() {
    awk -v wanted="$1" '
        /^```/ { if (open) open = 0; else { open = 1; block++ } ; next }
        open && block == wanted' "$srcdir/README.md"
}

fenced 1 >"$tmp/program.c"
fenced 2 >"$tmp/expected"
grep -q '^int main(void)' "$tmp/program.c" || echo "no program" >>"$bad"
grep -q '^Status: 5\.1\.1' "$tmp/expected" || echo "no output" >>"$bad"
result "README.md has a program and its output"

library=$top_builddir/.libs/libndr-report.a
[ -e "$library" ] || library=$top_builddir/.libs/libndr-internal.a
# CC, CFLAGS and LIBICONV may hold several words.
# shellcheck disable=SC2086
${CC:-cc} $CFLAGS -I"$srcdir/include" -o "$tmp/program" "$tmp/program.c" \
    "$library" $LIBICONV >>"$bad" 2>&1 &&
    "$tmp/program" 2>>"$bad" | tr -d '\r' >"$tmp/printed"
diff "$tmp/expected" "$tmp/printed" >>"$bad" 2>&1 ||
    echo "(< README.md, > printed)" >>"$bad"
result "the program prints what README.md says"

finish
