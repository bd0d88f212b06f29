# SPDX-License-Identifier: ISC
# shellcheck shell=sh
#
# What the check scripts share. A check writes what is wrong into the file $bad;
# result says how it went, finish prints the plan.

srcdir=${srcdir:-$(dirname "$0")/..}
top_builddir=${top_builddir:-.}
LC_ALL=C
export LC_ALL

tmp=${TMPDIR:-/tmp}/libndr-check.$$
mkdir "$tmp" || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
bad=$tmp/bad
: >"$bad"

number=0
failures=0

# result NAME: the check holds if nothing is wrong.
result() {
    number=$((number + 1))
    if [ -s "$bad" ]; then
        echo "not ok $number - $1"
        sed 's/^/# /' "$bad"
        failures=1
    else
        echo "ok $number - $1"
    fi
    : >"$bad"
}

# skip NAME REASON: the check cannot be made here.
skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
    : >"$bad"
}

finish() {
    echo "1..$number"
    exit $failures
}

# The hand-written and generated C files of some folders.
c_files() {
    for folder; do
        find "$srcdir/$folder" -name '*.[ch]' 2>/dev/null
    done | sort
}

# For awk: code() is the line at hand without comments, its strings emptied, and
# file() the name to print.
# shellcheck disable=SC2034
code_awk='
    function code(    line, out, at) {
        if (FNR == 1)
            in_comment = 0
        line = $0
        gsub(/\\"/, "", line)
        gsub(/"[^"]*"/, "\"\"", line)
        for (;;) {
            if (in_comment) {
                at = index(line, "*/")
                if (!at)
                    return out
                in_comment = 0
                line = substr(line, at + 2)
            }
            at = index(line, "/*")
            if (!at)
                return out line
            out = out substr(line, 1, at - 1)
            line = substr(line, at + 2)
            in_comment = 1
        }
    }
    function file(    name) {
        name = FILENAME
        if (index(name, srcdir "/") == 1)
            name = substr(name, length(srcdir) + 2)
        return name
    }'
