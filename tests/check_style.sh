#!/bin/sh
# SPDX-License-Identifier: ISC
#
# What CONTRIBUTING.md asks of sources and a program can see. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

folders='include lib cli tests fuzz examples bench'
# shellcheck disable=SC2086
c_files $folders >"$tmp/c"
grep -v '_data\.c$' "$tmp/c" >"$tmp/hand"
{
    cat "$tmp/c"
    find "$srcdir/tests" "$srcdir/build-aux/amalgamate.sh" -name '*.sh'
    find "$srcdir/catalogs" "$srcdir/bench" -name '*.awk'
    find "$srcdir/bench" -name '*.sh'
    for each in Makefile.am configure.ac bootstrap .ci/run bench/document \
        bench/plot; do
        [ -e "$srcdir/$each" ] && echo "$srcdir/$each"
    done
} | sort >"$tmp/all"
[ "$(wc -l <"$tmp/c")" -ge 40 ] || echo "hardly any file" >>"$bad"
result "the sources are there"

# look PROGRAM: run it on the files of a list; file() is the name to print.
look() {
    xargs awk -v srcdir="$srcdir" "$code_awk$1" >>"$bad" 2>&1 ||
        echo "awk failed" >>"$bad"
}

look '{ gsub(/[\200-\277]/, "") }
    length($0) > 80 { print file() ":" FNR ": " length($0) " columns" }' \
    <"$tmp/hand"
result "at most 80 columns in C files"

grep -v '/Makefile\.am$' "$tmp/all" >"$tmp/untabbed"
look '/\t/ { print file() ":" FNR }' <"$tmp/untabbed"
result "no tabs"

look '/[ \t\r]$/ { print file() ":" FNR }' <"$tmp/all"
result "no blanks at the end of lines"

look '{ seen[file()] += FNR <= 3 && /SPDX-License-Identifier: ISC/ }
    END { for (each in seen) if (!seen[each]) print each }' <"$tmp/all"
result "each source names its licence"

grep -v '/check_style\.sh$' "$tmp/all" >"$tmp/others"
look '/(^|[^A-Z])(TODO|FIXME|XXX)([^A-Z]|$)/ { print file() ":" FNR ": " $0 }' \
    <"$tmp/others"
result "nothing is left to do"

# Tables and generated words apart; tests are lists of cases.
grep "^$srcdir/\(lib\|cli\|fuzz\|examples\|bench\)/" "$tmp/hand" >"$tmp/short"
look '{ lines[file()] = FNR }
    END {
        for (each in lines)
            if (lines[each] > 450)
                print each ": " lines[each] " lines"
    }' <"$tmp/short"
result "at most 450 lines in a file"

# Calls of what the library does without.
c_files lib >"$tmp/lib"
look '
    BEGIN {
        banned = "v?s?n?printf|str(n?cpy|n?cat|tok)|ato[il]|atoll|atof|" \
            "strto[a-z]+|f?gets|sscanf|strftime|time|clock|localtime|gmtime|" \
            "mktime|s?rand|random|getenv|setlocale|localeconv|is(alnum|alpha|" \
            "cntrl|digit|graph|lower|print|punct|space|upper|xdigit)|" \
            "to(lower|upper)|exit|abort|alloca"
        memory = "|malloc|calloc|realloc|free"
        headers = "(ctype|wctype|wchar|locale|time|setjmp|signal)[.]h"
    }
    { line = code() }
    line ~ "(^|[^A-Za-z0-9_.>])(" banned \
        (file() == "lib/base/mem.c" ? "" : memory) ")\\(" ||
    line ~ "# *include *<" headers ">" { print file() ":" FNR ": " line }' \
    <"$tmp/lib"
result "no banned call in lib/"

# A file that Makefile.am does not name is in no build and no release.
while read -r each; do
    name=${each#"$srcdir"/}
    case $name in
    Makefile.am | configure.ac) continue ;;
    tests/test_*.c) name=${name%.c} ;;
    esac
    grep -q "^[^#]*$name\\( \\|\$\\)" "$srcdir/Makefile.am" ||
        echo "$name" >>"$bad"
done <"$tmp/all"
result "Makefile.am names each file"

finish
