#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The public headers: each alone, as C99 and as C++11, without a warning; and
# that the version is everywhere the same. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

warnings='-pedantic -Wall -Wextra -Werror'

# compile COMMAND SUFFIX HEADER
compile() {
    printf '#include <libndr/%s>\n#include <libndr/%s>\n' "$3" "$3" \
        >"$tmp/try.$2"
    # The command may hold options.
    # shellcheck disable=SC2086
    $1 $warnings -I"$srcdir/include" -c -o "$tmp/try.o" "$tmp/try.$2" \
        >"$tmp/out" 2>&1 || cat "$tmp/out" >>"$bad"
}

case ${CC:=cc} in
*clang*) cxx=${CXX:-clang++} ;;
*) cxx=${CXX:-c++} ;;
esac

for header in ndr.h ndr_file.h; do
    compile "$CC -std=c99" c $header
    result "$header alone as C99"
    if command -v "${cxx%% *}" >/dev/null 2>&1; then
        compile "$cxx -std=c++11" cc $header
        result "$header alone as C++11"
    else
        skip "$header alone as C++11" "no C++ compiler"
    fi
done

version=$(sed -n 's/^#define NDR_VERSION "\(.*\)"$/\1/p' \
    "$srcdir/include/libndr/ndr.h")
grep -qx "#define PACKAGE_VERSION \"$version\"" "$top_builddir/config.h" ||
    echo "config.h: not $version (run autoreconf)" >>"$bad"
grep -qx "Version: $version" "$top_builddir/libndr.pc" ||
    echo "libndr.pc: not $version" >>"$bad"
grep -q "^libndr $version" "$srcdir/NEWS" ||
    echo "NEWS: nothing about $version" >>"$bad"
result "the version is $version everywhere"

finish
