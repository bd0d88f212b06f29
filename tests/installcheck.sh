#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Run by make installcheck: a program finds the installed library with
# pkg-config, is linked with it, shared and static, and works. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
pkg_config=${PKG_CONFIG:-pkg-config}

# try NAME OPTIONS...: compile, link with those options and run.
try() {
    name=$1
    shift
    # CC, CFLAGS and what pkg-config prints hold several words.
    # shellcheck disable=SC2046,SC2086
    {
        ${CC:-cc} $CFLAGS $($pkg_config --cflags libndr) -o "$tmp/consumer" \
            "$srcdir/tests/consumer.c" "$@" &&
            LD_LIBRARY_PATH=$LIBDIR "$tmp/consumer" >"$tmp/report"
    } >"$tmp/out" 2>&1 || cat "$tmp/out" >>"$bad"
    grep -q '^Status: 5\.1\.1' "$tmp/report" 2>/dev/null ||
        echo "no report" >>"$bad"
    rm -f "$tmp/report"
    result "$name"
}

$pkg_config --exists --print-errors libndr >>"$bad" 2>&1
result "pkg-config knows libndr"

if [ "$SHARED" = yes ]; then
    # shellcheck disable=SC2046
    try "a program works with the shared library" \
        $($pkg_config --libs libndr)
fi

if [ "$STATIC" = yes ]; then
    # The file by its name: not every linker knows -Bstatic.
    # shellcheck disable=SC2046
    try "a program works with the static library" \
        $($pkg_config --static --libs libndr |
            sed "s,-lndr-report,$LIBDIR/libndr-report.a,")
fi

finish
