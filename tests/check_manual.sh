#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The manual: a page for each function, an entry for each option of the command,
# nothing that a formatter complains of. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

pages=$top_builddir/docs/man/man3

while read -r symbol; do
    if [ ! -s "$pages/$symbol.3" ]; then
        echo "$symbol: no page"
        continue
    fi
    home=$(sed -n 's/^\.so man3\///p' "$pages/$symbol.3")
    # its page, or the one that it leads to, describes it
    page=$pages/${home:-$symbol.3}
    grep -q "^\\.Fn $symbol " "$page" && grep -q "^\\.Ss $symbol\$" "$page" ||
        echo "$symbol: not described in $page"
done <"$srcdir/lib/exports.txt" >>"$bad"
result "each function has its page"

# What a function says of itself comes from the header, whole.
awk '/^\.Ss / { if (name != "" && !words) print name ": no words"
                name = $2; words = 0; next }
     /^\./ { next }
     { words = 1 }' "$pages"/ndr_[cdoprt]*.3 >>"$bad"
result "each function says what it does"

if [ -x "$top_builddir/ndr" ]; then
    "$top_builddir/ndr" help build >"$tmp/help" 2>&1
    "$top_builddir/ndr" help preview >>"$tmp/help" 2>&1
    "$top_builddir/ndr" help >>"$tmp/help" 2>&1
    grep -o -e '--[a-z0-9][a-z0-9-]*' "$tmp/help" | sort -u >"$tmp/options"
    [ -s "$tmp/options" ] || echo "no options in ndr help" >>"$bad"
    while read -r option; do
        grep -q -e "^\\.It Fl Fl ${option#--}\\( \\|\$\\)" \
            "$srcdir/docs/man/ndr.1" || echo "$option: not in ndr.1"
    done <"$tmp/options" >>"$bad"
    sed -n 's/^\.It Fl Fl \([a-z0-9-]*\).*/--\1/p' "$srcdir/docs/man/ndr.1" |
        sort -u | comm -23 - "$tmp/options" |
        sed 's/$/: in ndr.1, but no option/' >>"$bad"
    result "ndr.1 has the options of the command, and no others"
else
    skip "ndr.1 has the options of the command" "no ndr here"
fi

if command -v mandoc >/dev/null; then
    for page in "$srcdir"/docs/man/*.[15] "$pages"/*.3; do
        grep -q '^\.so ' "$page" || mandoc -T lint -W warning "$page"
    done >>"$bad" 2>&1
    result "mandoc finds nothing to say"
else
    skip "mandoc finds nothing to say" "no mandoc here"
fi

finish
