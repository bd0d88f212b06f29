#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The floors of the library: includes go down, or sideways within a folder
# without a circle. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

(cd "$srcdir" && find lib cli examples -name '*.[ch]' 2>/dev/null) |
    sort >"$tmp/files"

# The file, a tab, and what it includes, with its quotes or brackets.
tab=$(printf '\t')
while read -r file; do
    sed -n 's/^ *# *include *\([<"][^>"]*[>"]\).*/\1/p' "$srcdir/$file" |
        sed "s,^,$file$tab,"
done <"$tmp/files" >"$tmp/includes"

[ "$(grep -c '^lib/' "$tmp/includes")" -ge 20 ] ||
    echo "hardly any include: is srcdir right?" >>"$bad"
result "the sources are there"

awk -F '\t' '
    BEGIN {
        floor["base"] = 1; floor["mail"] = 2; floor["words"] = 3
        floor["report"] = 4; floor["output"] = 5
    }
    $1 !~ /^lib\// || $2 ~ /^</ || $2 == "\"config.h\"" { next }
    {
        split($1, at, "/")
        own = floor[at[2]]
        path = substr($2, 2, length($2) - 2)
        folder = path
        sub(/\/.*/, "", folder)
        if (!own)
            print $1 ": not on a floor"
        else if (path !~ /^[a-z]+\/[a-z_]+\.h$/ || !floor[folder])
            print $1 ": " path " names no floor"
        else if (floor[folder] > own)
            print $1 " includes " path ", which is above"
    }' "$tmp/includes" >>"$bad"
result "includes go down or sideways"

# Rooms (a .c and its .h), each with the rooms of its folder that it uses.
awk -F '\t' '
    $1 !~ /^lib\// || $2 !~ /^"/ || $2 == "\"config.h\"" { next }
    {
        from = substr($1, 5)
        to = substr($2, 2, length($2) - 2)
        sub(/\.[ch]$/, "", from)
        sub(/\.h$/, "", to)
        a = from; b = to
        sub(/\/.*/, "", a); sub(/\/.*/, "", b)
        if (a != b || from == to || (from, to) in seen)
            next
        seen[from, to] = 1
        uses[from] = uses[from] " " to
        rooms[from] = 1
    }
    # Walk on from a room; path is how we came here.
    function walk(room, path,    next_, n, i) {
        if (state[room] == 2)
            return
        if (state[room] == 1) {
            sub("^.* " room " ", room " ", path)
            print "a circle: " path " " room
            return
        }
        state[room] = 1
        n = split(uses[room], next_, " ")
        for (i = 1; i <= n; i++)
            walk(next_[i], path " " room)
        state[room] = 2
    }
    END {
        for (room in rooms)
            walk(room, "")
    }' "$tmp/includes" >>"$bad"
result "no circle within a folder"

awk -F '\t' '
    $1 !~ /^lib\// { next }
    $2 == "<iconv.h>" && $1 != "lib/mail/charset.c" ||
    $2 == "<stdlib.h>" && $1 != "lib/base/mem.c" ||
    $2 == "<emmintrin.h>" && $1 != "lib/base/octets.c" ||
    ($2 ~ /^<(stdio|unistd|sys.stat).h>$/ || $2 ~ /ndr_file.h>$/) &&
        $1 != "lib/output/file.c" {
        print $1 " includes " $2
    }' "$tmp/includes" >>"$bad"
result "iconv, files, stdlib and the processor have one place each"

allowed='assert emmintrin errno iconv limits stddef stdint stdio stdlib string
    sys/stat unistd'
allowed=$(echo $allowed)
awk -F '\t' -v allowed=" $allowed " '
    $1 ~ /^lib\// && $2 ~ /^</ {
        name = substr($2, 2, length($2) - 4)
        if ($2 !~ /^<libndr\// && !index(allowed, " " name " "))
            print $1 " includes " $2
    }' "$tmp/includes" >>"$bad"
result "no system header but: $allowed"

# The first one with quotes, where a header of the same name is there.
awk -F '\t' '$2 ~ /^"/ && $2 != "\"config.h\"" && !($1 in first) {
        first[$1] = $2
    }
    { files[$1] = 1 }
    END {
        for (file in files) {
            own = file
            if (file !~ /^lib\/.*\.c$/)
                continue
            sub(/^lib\//, "", own)
            sub(/c$/, "h", own)
            print file "\t" own "\t" first[file]
        }
    }' "$tmp/includes" | sort >"$tmp/first"
while read -r file own first; do
    [ ! -e "$srcdir/lib/$own" ] || [ "\"$own\"" = "$first" ] ||
        echo "$file: its own header is not the first" >>"$bad"
done <"$tmp/first"
result "each file includes its own header first"

awk -F '\t' '$1 ~ /^(cli|examples)\// &&
    ($2 ~ /"(base|mail|words|report|output)\// || $2 ~ /"(\.\.|lib)\//) {
        print $1 " includes " $2
    }' "$tmp/includes" >>"$bad"
result "the command and the examples use the public headers only"

finish
