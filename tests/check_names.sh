#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Names: none of those that Samba's libndr owns, and no name twice, since the
# amalgamation is one translation unit. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

# First words after ndr_ in Samba's header files and symbols.
samba='push pull print size check token get map table string count pop
    transfer steal charset interface syntax align array bit bytes context
    deepcopy enum err expand flags generic get_array init library load max
    mark named ndr64 pack pointer policy read relative reset save set setup
    shift skip stored struct switch type udlong unique unpack value version_guid
    write zero dcerpc security netlogon lsa samr drsuapi krb5pac misc
    nbt winbind'

printf '%s\n' "$samba" | tr -s ' ' '\n' | grep . >"$tmp/words"
awk '
    FILENAME ~ /words$/ { taken[$1] = 1; next }
    {
        split($1, part, "_")
        if ($1 !~ /^ndr_[a-z0-9_]+$/)
            print $1 ": not of the form ndr_..."
        else if (part[2] in taken)
            print $1 ": ndr_" part[2] " is a word of Samba'\''s"
    }' "$tmp/words" "$srcdir/lib/exports.txt" >>"$bad"
[ -s "$srcdir/lib/exports.txt" ] || echo "no lib/exports.txt" >>"$bad"
result "no exported name begins as Samba's do"

grep -rn 'NDR_ERR_' "$srcdir/include" "$srcdir/lib" "$srcdir/cli" \
    "$srcdir/examples" >>"$bad" 2>/dev/null
result "no NDR_ERR_"

# What a line at the margin makes known: static functions and data, also with
# the name after a closing brace; and macros of .c files.
c_files lib | grep '\.c$' | xargs awk -v srcdir="$srcdir" "$code_awk"'
    function tell(name) {
        if (!((name, FILENAME) in told))
            print name "\t" file()
        told[name, FILENAME] = 1
    }
    { name = line = code() }
    line ~ /^#define / {
        sub(/#define +/, "", name)
        sub(/[^A-Za-z_0-9].*/, "", name)
        tell(name)
    }
    line ~ /^static / {
        opened = line ~ /\{ *$/ && line !~ /[)=]/
        sub(/ *[[(=;{].*/, "", name)
        sub(/.*[ *]/, "", name)
        if (!opened)
            tell(name)
        next
    }
    line ~ /^} *[a-z_0-9]+/ && opened {
        sub(/^} */, "", name)
        sub(/[^a-z_0-9].*/, "", name)
        tell(name)
    }
    line ~ /^}/ { opened = 0 }' | sort >"$tmp/names"
[ "$(wc -l <"$tmp/names")" -ge 50 ] || echo "hardly any static name" >>"$bad"
awk -F '\t' '
    $1 == name { print name ": " file " and " $2 }
    { name = $1; file = $2 }' "$tmp/names" >>"$bad"
result "static names and macros are unique across lib/"

finish
