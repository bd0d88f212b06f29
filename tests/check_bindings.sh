#!/bin/sh
# SPDX-License-Identifier: ISC
#
# No binding forgets a call of lib/exports.txt: each has a table of calls, and
# ndr.hpp makes them. Only the text is read here; tests/run_bindings.sh runs
# them. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

# Those that take a FILE: other languages have their own files.
left_out='ndr_catalog_load_stream
ndr_report_borrow_original_stream
ndr_report_write_stream'

# forgets NAME FILE: which calls it does not have.
forgets() {
    grep -o 'ndr_[a-z0-9_]*' "$srcdir/$2" | sort -u >"$tmp/has"
    [ "$(wc -l <"$tmp/has")" -ge 100 ] || echo "$2: hardly any call" >>"$bad"
    echo "$left_out" | sort - "$tmp/has" | comm -23 "$srcdir/lib/exports.txt" - |
        sed "s,^,$2: no ," >>"$bad"
    result "$1 has every call"
}

forgets "C++" include/libndr/ndr.hpp
forgets "Python" bindings/python/libndr/_library.py
forgets "Node.js" bindings/node/lib/library.js

version=$(sed -n 's/^#define NDR_VERSION "\(.*\)"$/\1/p' \
    "$srcdir/include/libndr/ndr.h")
grep -q "^  \"version\": \"$version\",\$" "$srcdir/bindings/node/package.json" ||
    echo "bindings/node/package.json: not $version" >>"$bad"
result "the Node.js package has the library's version"

finish
