#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The amalgamation: can be made, is strict C99, and a program that uses it works.
# Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

warnings='-std=c99 -pedantic -Wall -Wextra -Werror'
here=$(pwd)
case $top_builddir in
/*) ;;
*) top_builddir=$here/$top_builddir ;;
esac

# The lists hold one name a word.
# shellcheck disable=SC2086
sh "$srcdir/build-aux/amalgamate.sh" "$srcdir" "$tmp" $API_FILES $LIB_FILES \
    >"$tmp/out" 2>&1 || cat "$tmp/out" >>"$bad"
[ -s "$tmp/libndr.c" ] && [ -s "$tmp/libndr.h" ] || echo "no files" >>"$bad"
result "libndr.c and libndr.h can be made"

grep -n '^ *# *include *"' "$tmp/libndr.c" |
    grep -v '"config.h"$\|"libndr.h"$' >>"$bad"
result "it includes no other file of ours"

# try NAME OPTIONS...: compile with the consumer, link and run it.
try() {
    name=$1
    shift
    # CC, CFLAGS and LIBICONV may hold several words.
    # shellcheck disable=SC2086
    {
        ${CC:-cc} $CFLAGS $warnings "$@" -I"$tmp" -c -o "$tmp/libndr.o" \
            "$tmp/libndr.c" &&
            ${CC:-cc} $CFLAGS -DLIBNDR_AMALGAMATION -I"$tmp" -o "$tmp/consumer" \
                "$srcdir/tests/consumer.c" "$tmp/libndr.o" $LIBICONV &&
            "$tmp/consumer"
    } >"$tmp/out" 2>&1 || head -n 40 "$tmp/out" >>"$bad"
    # Nothing said is no success either.
    [ -s "$tmp/out" ] || echo "the consumer printed nothing" >>"$bad"
    result "$name"
}

try "a program works with it, as configured" \
    -DHAVE_CONFIG_H -I"$top_builddir"
try "a program works with it, without config.h"

finish
