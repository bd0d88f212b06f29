#!/bin/sh
# SPDX-License-Identifier: ISC
#
# What the library takes from outside, object by object, and that it holds no
# writable data. Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

nm=${NM:-nm}
size=${SIZE:-size}
archive=$top_builddir/.libs/libndr-internal.a

# NAME, or NAME and an object that may use it.
cat >"$tmp/allowed" <<'LIST'
memchr
memcmp
memcpy
memmove
memset
strchr
strcmp
strlen
free mem
malloc mem
realloc mem
iconv charset
iconv_close charset
iconv_open charset
libiconv charset
libiconv_close charset
libiconv_open charset
__errno_location charset
__errno_location file
__error charset
__error file
ferror file
fgetc file
fread file
fseek file
fstat file
fstat64 file
ftell file
fwrite file
getc file
pread file
pread64 file
write file
LIST

# What compilers and C libraries put in by themselves.
helpers='^(_GLOBAL_OFFSET_TABLE_|__stack_chk_fail(_local)?|__x86[.]|__(u|s)?(div|mod)[a-z]*[0-9]$|__assert_fail$|__(mem|str)[a-z]*_chk$|__fwrite_chk$|bcmp$)'

case $CFLAGS in
*-fsanitize* | *--coverage*)
    skip "the library imports little" "the compiler adds much of its own"
    skip "the library knows no thread, lock or atomic" \
        "the compiler adds some of its own"
    skip "no object holds writable data" "the compiler adds some of its own"
    finish
    ;;
esac

# nm -A writes "ARCHIVE:OBJECT: ..."; objects are named libndr_internal_la-x.o.
$nm -A "$archive" 2>"$tmp/errors" |
    sed -n 's/^[^:]*[:[]\(libndr_internal_la-\)\{0,1\}\([a-z_0-9]*\)\.l\{0,1\}o[]:]*[: ]/\2 /p' |
    awk '{ print $1, $(NF - 1), $NF }' >"$tmp/symbols"
[ "$(grep -c ' [TtRrDd] ' "$tmp/symbols")" -ge 20 ] || {
    cat "$tmp/errors"
    echo "no symbols in $archive"
} >>"$bad"

awk -v helpers="$helpers" '
    FILENAME ~ /allowed$/ {
        allowed[$1] = $2 == "" ? "any" : allowed[$1] " " $2 " "
        next
    }
    $2 != "U" { defined[$3] = 1; next }
    { user[++n] = $1; used[n] = $3 }
    END {
        for (i = 1; i <= n; i++) {
            name = used[i]
            if (name in defined || name ~ helpers)
                continue
            if (name ~ /^ndri?_/)
                print user[i] ": " name " is nowhere defined"
            else if (!(name in allowed))
                print user[i] ": " name
            else if (allowed[name] != "any" &&
                     !index(allowed[name], " " user[i] " "))
                print user[i] ": " name " is for" allowed[name] "only"
        }
    }' "$tmp/allowed" "$tmp/symbols" | sort -u >>"$bad"
result "the library imports little"

# Nothing is shared that would need a lock: also none that a compiler puts in.
awk '$2 == "U" && $3 ~ /pthread|atomic|^__sync|^mtx_|^cnd_|^thrd_|^tss_|call_once|tls_get_addr/ {
        print $1 ": " $3
    }' "$tmp/symbols" >>"$bad"
c_files lib | xargs grep -nE \
    '_Atomic|stdatomic|__atomic_|__sync_|_Thread_local|__thread|pthread|<threads' \
    >>"$bad"
result "the library knows no thread, lock or atomic"

# Sections of constants that hold addresses are written by the loader only.
$size -A "$archive" 2>"$tmp/errors" | awk '
    / *:$|ex / && /\.l?o/ { object = $1 }
    $1 ~ /^\.text/ { seen++ }
    $1 ~ /^\.(data|bss|tdata|tbss|sdata|sbss)/ && $1 !~ /^\.data\.rel\.ro/ {
        if ($2 > 0)
            print object ": " $2 " octets in " $1
    }
    END {
        if (!seen)
            print "no sections seen"
    }' >>"$bad"
result "no object holds writable data"

finish
