#!/bin/sh
# SPDX-License-Identifier: ISC
#
# amalgamate.sh SRCDIR OUTDIR FILE...: writes libndr.h and libndr.c, the whole
# library as one header and one source. FILEs are the public headers
# (include/...) and the sources and headers of the library (lib/...), lower
# floors first. Our own #include lines are replaced by what they name, the first
# time; system headers go to the top, but for those under a condition.
set -e

srcdir=$1
outdir=$2
shift 2
LC_ALL=C
export LC_ALL

version=$(sed -n 's/^#define NDR_VERSION "\(.*\)"$/\1/p' \
    "$srcdir/include/libndr/ndr.h")

awk -v srcdir="$srcdir" -v outdir="$outdir" -v version="$version" '
function fail(message) {
    print "amalgamate.sh: " message >"/dev/stderr"
    failed = 1
    exit 1
}

# The name between the quotes or brackets of an #include line.
function included(line) {
    sub(/^ *# *include *[<"]/, "", line)
    sub(/[>"].*/, "", line)
    return line
}

# Add a file to the body. depth: how many conditions are open around a line; the
# guard of a header is none.
function add(name, is_header,    file, line, depth, path, lines, held) {
    file = srcdir "/" name
    done[name] = 1
    depth = is_header ? -1 : 0
    body[++count] = ""
    body[++count] = "/* ---- " name " ---- */"
    while ((getline line <file) > 0) {
        lines++
        if (line ~ /SPDX-License-Identifier/)
            continue
        # What config.h says is at the top.
        if (line ~ /^ *# *ifdef +HAVE_CONFIG_H *$/) {
            held = 1
            continue
        }
        if (held) {
            if (line ~ /^ *# *endif/)
                held = 0
            continue
        }
        if (line ~ /^ *# *if/)
            depth++
        if (line ~ /^ *# *endif/)
            depth--
        if (line ~ /^ *# *include *"/) {
            path = included(line)
            if (depth > 0)
                fail(name ": " path " stands under a condition")
            if (!(("lib/" path) in done))
                add("lib/" path, 1)
            continue
        }
        if (line ~ /^ *# *include *</) {
            path = included(line)
            if (path ~ /^libndr\//)
                continue
            if (depth <= 0) {
                if (!(path in hoisted))
                    order[++systems] = path
                hoisted[path] = 1
                continue
            }
        }
        body[++count] = line
    }
    close(file)
    if (!lines)
        fail("no " file)
}

# Add a public header to the new one.
function publish(name, out,    file, line, lines) {
    file = srcdir "/" name
    while ((getline line <file) > 0) {
        lines++
        if (line !~ /^ *# *include *<libndr\// &&
            line !~ /SPDX-License-Identifier/)
            print line >out
    }
    close(file)
    if (!lines)
        fail("no " file)
}

BEGIN {
    header = outdir "/libndr.h"
    source = outdir "/libndr.c"
    print "/* SPDX-License-Identifier: ISC */" >header
    print "/* libndr " version ", its headers as one file. */" >header
    for (i = 1; i < ARGC; i++) {
        if (ARGV[i] ~ /^include\//)
            publish(ARGV[i], header)
        else if (!(ARGV[i] in done))
            add(ARGV[i], ARGV[i] ~ /\.h$/)
    }

    print "/* SPDX-License-Identifier: ISC */" >source
    print "/*\n * libndr " version ", the whole library as one file. Compile it" \
        >source
    print " * as C99 with libndr.h beside it; define HAVE_ICONV to read" >source
    print " * charsets through the system'\''s iconv.\n */" >source
    print "#ifdef HAVE_CONFIG_H\n#include \"config.h\"\n#endif" >source
    # What lib/output/file.c says before its first header.
    print "#ifndef _WIN32" >source
    print "#ifndef _POSIX_C_SOURCE" >source
    print "#define _POSIX_C_SOURCE 200809L\n#endif" >source
    print "#ifndef _FILE_OFFSET_BITS" >source
    print "#define _FILE_OFFSET_BITS 64\n#endif\n#endif\n" >source
    print "#include \"libndr.h\"\n" >source
    for (i = 1; i <= systems; i++)
        print "#include <" order[i] ">" >source
    for (i = 1; i <= count; i++) {
        # Headers that stand in the place of a line leave empty ones behind.
        if (body[i] != "" || body[i - 1] != "")
            print body[i] >source
    }
    exit
}

END { exit failed }
' "$@"
