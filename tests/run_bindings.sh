#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The bindings, with the library as just built: their own tests, the first
# program of each, what they leave behind, and that each builds the same reports
# of bindings/cases as C and the command do. A language that is not there is
# skipped. The Node.js package needs npm's registry, the rest no network.
# Works in a folder "bindings" of the build. Prints TAP, and a table.

srcdir=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
top_builddir=$(cd "${top_builddir:-.}" && pwd)
. "$srcdir/tests/tap.sh"

work=$top_builddir/bindings
libs=$top_builddir/.libs
cases=$srcdir/bindings/cases
command=$work/routes/command
rm -rf "$work"
mkdir -p "$work"

NDR_LIBRARY=$libs/libndr-report.so
LD_LIBRARY_PATH=$libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
PYTHONDONTWRITEBYTECODE=1
export NDR_LIBRARY LD_LIBRARY_PATH PYTHONDONTWRITEBYTECODE
if [ ! -e "$NDR_LIBRARY" ]; then
    skip "bindings" "no shared library"
    finish
fi

has() { command -v "$1" >/dev/null 2>&1; }

# try COMMAND...: what it prints is only told if it fails.
try() {
    "$@" >"$tmp/out" 2>&1 </dev/null || {
        tail -n 60 "$tmp/out" >>"$bad"
        echo "failed: $*" >>"$bad"
    }
}

# shows NAME COMMAND...: a first program prints the report of that case.
shows() {
    name=$1
    shift
    "$@" >"$work/first.eml" 2>>"$bad" </dev/null || echo "failed: $*" >>"$bad"
    cmp "$work/first.eml" "$command/09-html-off.eml" >>"$bad" 2>&1
    result "$name"
}

# fenced FILE: the first program in a document.
fenced() { sed -n '/^```/,/^```$/{/^```/d;p}' "$1"; }

# route NAME COMMAND...: build the reports of all cases.
routes='command'
route() {
    name=$1
    shift
    mkdir -p "$work/routes/$name"
    try "$@" "$work/routes/$name" "$cases"/*.json
    diff -r "$command" "$work/routes/$name" >>"$bad" 2>&1
    result "$name builds the same reports as the command"
    routes="$routes $name"
}

# ---- The command, C and C++ --------------------------------------------------

if [ -x "$top_builddir/ndr" ]; then
    mkdir -p "$command"
    for each in "$cases"/*.json; do
        name=$command/$(basename "$each" .json)
        "$top_builddir/ndr" build --json "$each" >"$name.eml" 2>"$tmp/told" ||
            # what follows the first line is the command's own advice
            { rm "$name.eml" && sed -n '1s/^ndr: //p' "$tmp/told" >"$name.error"; }
    done
    [ "$(find "$command" -name '*.eml' | wc -l)" -ge 13 ] &&
        [ "$(find "$command" -name '*.error' | wc -l)" -ge 2 ] ||
        echo "few cases" >>"$bad"
    result "the command builds the cases"
else
    skip "bindings" "no command to compare with: jansson is missing"
    finish
fi

warnings='-pedantic -Wall -Wextra -Wconversion -Wshadow -Werror'
flags="-I$srcdir/include -L$libs"

# shellcheck disable=SC2086
try ${CC:-cc} -std=c99 $warnings $flags -o "$work/build_case_c" \
    "$srcdir/tests/build_case.c" -lndr-report -ljansson
route c "$work/build_case_c"

# compile NAME OPTIONS...: compile hpp.cc and run it.
compile() {
    name=$1
    shift
    # shellcheck disable=SC2086
    try $CXX "$@" -g $warnings $flags -o "$work/hpp" \
        "$srcdir/tests/hpp.cc" -lndr-report -pthread
    [ -s "$bad" ] || try "$work/hpp"
    result "ndr.hpp: $name"
}

if has "${CXX:=c++}"; then
    # shellcheck disable=SC2086
    try $CXX -std=c++11 $warnings $flags -o "$work/build_case_cc" \
        "$srcdir/tests/build_case.cc" -lndr-report -ljansson
    route c++ "$work/build_case_cc"
    compile "C++17" -std=c++17
    compile "without exceptions" -std=c++11 -fno-exceptions
    compile "C++11" -std=c++11
    if has valgrind; then
        try valgrind -q --error-exitcode=99 --leak-check=full \
            --errors-for-leak-kinds=definite,indirect "$work/hpp"
        result "ndr.hpp leaves nothing behind, says valgrind"
    else
        skip "ndr.hpp under valgrind" "no valgrind"
    fi
    if has clang++; then
        CXX=clang++ compile "clang, AddressSanitizer, UBSan" -std=c++20 -O1 \
            -fsanitize=address,undefined -fno-sanitize-recover=all
    else
        skip "ndr.hpp with clang and sanitizers" "no clang++"
    fi
    fenced "$srcdir/docs/bindings.md" >"$work/first.cc"
    # shellcheck disable=SC2086
    try $CXX -std=c++11 $warnings $flags -o "$work/first" "$work/first.cc" \
        -lndr-report
    shows "the first program in C++" "$work/first"
else
    skip "C++" "no C++ compiler"
fi

# ---- Python ------------------------------------------------------------------

python=$srcdir/bindings/python

# Errors and leaks that have a call of the library in their trace.
named_leaks() {
    log=$work/python.valgrind$1
    (cd "$python" && PYTHONMALLOC=malloc valgrind --leak-check=full \
        --show-leak-kinds=definite,indirect --num-callers=40 \
        --log-file="$log" "$(python3 -c 'import sys; print(sys.executable)')" \
        -m tests.under_valgrind ${1:+"$1"}) >>"$bad" 2>&1 ||
        echo "the program failed" >>"$bad"
    awk 'BEGIN { RS = "==[0-9]+== *\n" } / ndri?_[a-z_]+ \(/' "$log" >"$tmp/named"
    grep -q 'LEAK SUMMARY' "$log" || echo "valgrind did not finish" >>"$bad"
}

if has python3; then
    (cd "$python" && try python3 -W error -m unittest -b)
    tail -n 3 "$tmp/out" | sed 's/^/# /'
    result "Python's unit tests"
    fenced "$python/README.md" >"$work/first.py"
    PYTHONPATH=$python shows "the first program in Python" \
        python3 "$work/first.py"
    PYTHONPATH=$python route python python3 "$python/tests/build_case.py"

    # Of a copy, since pip may write where the source is.
    cp -R "$srcdir/bindings" "$work/source"
    mkdir -p "$work/include"
    rm -rf "$work/source/node" && mkdir "$work/tree" &&
        mv "$work/source" "$work/tree/bindings" &&
        cp -R "$srcdir/include" "$work/tree/include"
    chmod -R u+w "$work/tree"
    if try python3 -m venv "$work/venv" && [ ! -s "$bad" ]; then
        pip="$work/venv/bin/pip --disable-pip-version-check"
        # shellcheck disable=SC2086
        (cd "$work/tree/bindings/python" && try $pip install -q --no-index . &&
            try $pip wheel -q --no-index -w "$work/wheel" \
                --config-settings "library=$libs/libndr-report.so.0" .)
        cd "$work" || exit 99
        shows "pip install . without a network" \
            "$work/venv/bin/python" "$work/first.py"
        # shellcheck disable=SC2086
        try $pip install -q --no-index --force-reinstall "$work"/wheel/*.whl
        shows "a wheel that brings the library along" \
            env -u NDR_LIBRARY -u LD_LIBRARY_PATH \
            "$work/venv/bin/python" "$work/first.py"
        cd "$top_builddir" || exit 99
    else
        : >"$bad"
        skip "pip install" "no python3-venv"
    fi

    if has mypy; then
        (cd "$work/tree/bindings/python" && try mypy --strict libndr)
        result "Python's types, by mypy --strict"
    else
        skip "Python's types, by mypy --strict" "no mypy"
    fi

    if has valgrind; then
        named_leaks ''
        cat "$tmp/named" >>"$bad"
        result "Python leaves nothing of the library behind, says valgrind"
        named_leaks leak
        grep -q ndr_catalog_new "$tmp/named" || echo "not seen" >>"$bad"
        result "and it would have seen it"
    else
        skip "Python under valgrind" "no valgrind"
    fi
else
    skip "Python" "no python3"
fi

# ---- Node.js -----------------------------------------------------------------

npm_install() {
    npm ci --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1 && return
    # A registry out of reach is no fault of ours.
    reason=$(grep -o 'ENOTFOUND\|EAI_AGAIN\|ECONN[A-Z]*\|ETIMEDOUT\|ENETUNREACH\|UNABLE_TO_[A-Z_]*\|SELF_SIGNED_[A-Z_]*' \
        "$work/npm.log" | head -n 1)
    [ -n "$reason" ] || cat "$work/npm.log" >>"$bad"
    return 1
}

if has node && has npm; then
    cp -R "$srcdir/bindings/node" "$work/node"
    chmod -R u+w "$work/node"
    cd "$work/node" || exit 99
    NDR_SOURCE=$srcdir
    export NDR_SOURCE
    if npm_install; then
        for each in test/*.test.js; do
            try node --expose-gc --test-reporter=tap "$each"
            sed -n 's/^# \(tests\|pass\|fail\) /# '"$(basename "$each")"' \1 /p' \
                "$tmp/out"
        done
        result "Node.js's tests"
        try ./node_modules/.bin/tsc -p .
        result "Node.js's types, by tsc"
        fenced README.md >first.mjs
        shows "the first program in Node.js" node first.mjs
        route node node test/build-case.js
    elif [ -s "$bad" ]; then
        result "npm ci"
    else
        skip "Node.js" "npm's registry is out of reach: $reason"
    fi
    cd "$top_builddir" || exit 99
else
    skip "Node.js" "no node, or no npm"
fi

# ---- Perl and Go -------------------------------------------------------------

if has perl && perl -MFFI::Platypus=2.00 -MFFI::CheckLib -e 1 2>/dev/null; then
    shows "the program in Perl" perl "$srcdir/bindings/perl/bounce.pl"
else
    skip "the program in Perl" "no FFI::Platypus"
fi

if has go; then
    CGO_CFLAGS="-I$srcdir/include" CGO_LDFLAGS="-L$libs -lndr-report" \
        GO111MODULE=off GOFLAGS='' try go build -o "$work/bounce_go" \
        "$srcdir/bindings/go/bounce.go"
    shows "the program in Go" "$work/bounce_go"
else
    skip "the program in Go" "no go"
fi

# ---- All of it ---------------------------------------------------------------

# The table: each case and route, the same octets or not.
printf '# %-24s' case
# shellcheck disable=SC2086
printf ' %-8s' $routes
echo
for each in "$cases"/*.json; do
    name=$(basename "$each" .json)
    printf '# %-24s' "$name"
    for route in $routes; do
        for suffix in eml error; do
            [ -e "$command/$name.$suffix" ] && break
        done
        if cmp -s "$command/$name.$suffix" "$work/routes/$route/$name.$suffix"; then
            [ $suffix = eml ] && printf ' %-8s' same || printf ' %-8s' detail
        else
            printf ' %-8s' DIFFERS
        fi
    done
    echo
done

finish
