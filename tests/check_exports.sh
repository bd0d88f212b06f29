#!/bin/sh
# SPDX-License-Identifier: ISC
#
# What the shared library exports: the calls that the headers declare, as
# lib/exports.txt lists them, and nothing else. Prints TAP; with the argument
# "list" the sorted names of the declared calls.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

# The name before the first parenthesis after each NDR_API.
declared() {
    awk "$code_awk"'
        { line = code() }
        line ~ /^#/ { next }
        line ~ /NDR_API/ { open = 1; text = "" }
        open { text = text " " line }
        open && line ~ /\(/ {
            sub(/ *\(.*/, "", text)
            sub(/.*[ *]/, "", text)
            print text
            open = 0
        }' "$srcdir/include/libndr/ndr.h" "$srcdir/include/libndr/ndr_file.h" |
        sort
}

if [ "$1" = list ]; then
    declared
    exit
fi

nm=${NM:-nm}
library=$top_builddir/.libs/libndr-report.so
exports=$srcdir/lib/exports.txt

declared >"$tmp/declared"
[ "$(grep -c '^ndr_' "$tmp/declared")" -ge 50 ] || echo "few calls" >>"$bad"
diff "$tmp/declared" "$exports" >>"$bad" ||
    echo "(< declared, > lib/exports.txt: make update-exports)" >>"$bad"
result "lib/exports.txt lists what the headers declare"

if [ ! -e "$library" ]; then
    skip "the shared library exports that and nothing else" "not built"
    finish
fi

# The node itself is a symbol too.
$nm -D --defined-only "$library" | awk '$2 != "A" { print $NF }' |
    sort >"$tmp/symbols"
sed 's/@.*//' "$tmp/symbols" | diff "$exports" - >>"$bad" ||
    echo "(< lib/exports.txt, > the library)" >>"$bad"
result "the shared library exports that and nothing else"

if [ "$VERSION_SCRIPT" = no ]; then
    skip "each symbol has the version LIBNDR_0" "no version script"
else
    grep -v '@@LIBNDR_0$' "$tmp/symbols" >>"$bad"
    result "each symbol has the version LIBNDR_0"
fi

finish
