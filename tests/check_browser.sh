#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Reports as HTML in a browser, light and dark: width, contrast, direction, and
# that nothing is fetched. Prints TAP. Needs chromium; NDR names the command,
# LANGUAGES the languages to look at.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

ndr=${NDR:-$top_builddir/ndr}
browser=${BROWSER:-chromium}

command -v "$browser" >/dev/null 2>&1 || {
    skip "reports in a browser" "no $browser"
    finish
}

# One report: name, language, and options of ndr preview.
add() {
    name=$1
    language=$2
    shift 2
    direction=ltr
    case $language in ar* | he*) direction=rtl ;; esac
    "$ndr" preview --html --lang "$language" "$@" >"$tmp/report.html" ||
        echo "$name cannot be made" >>"$bad"
    printf '["%s","%s","%s"],\n' "$name" \
        "$(base64 -w 0 <"$tmp/report.html")" $direction >>"$tmp/reports"
}

: >"$tmp/reports"
for each in ${LANGUAGES:-$(cd "$srcdir/catalogs" && ls ./*.msg | sed 's/.*\///; s/\.msg//')}; do
    add "$each failed" "$each" --reply '550 5.1.1 User unknown'
    add "$each delayed" "$each" --action delayed
done
add "long words" en --reply "550 5.1.1 $(printf '%0400d' 0)"
add "two languages" de,ar --status 5.2.2
result "reports can be made"

{
    echo '<!DOCTYPE html><meta charset="utf-8"><title>reports</title><body><script>'
    echo 'const reports = ['
    cat "$tmp/reports"
    echo '];'
    cat "$srcdir/tests/browser.js"
    echo '</script>'
} >"$tmp/page.html"

# Blink's number of a colour scheme: 0 dark, 1 light.
look() {
    "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --user-data-dir="$tmp/profile" --virtual-time-budget=600000 \
        --blink-settings=preferredColorScheme="$2" --window-size=1500,1000 \
        --dump-dom "file://$tmp/page.html" >"$tmp/dom" 2>"$tmp/errors"
    sed -n 's/.*<body>//; /^ok \|^not ok \|^# /p' "$tmp/dom" |
        sed 's/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g' >"$tmp/tap"
    grep -c '^ok ' "$tmp/tap" >"$tmp/good"
    grep -A 5 '^not ok ' "$tmp/tap" | sed 's/^not ok [0-9]* - //' >>"$bad"
    [ "$(cat "$tmp/good")" -ge 6 ] || {
        echo "the browser told nothing"
        tail -n 5 "$tmp/errors"
    } >>"$bad"
    result "$1: $(cat "$tmp/good") checks of width, contrast, direction, rest"
}

look light 1
look dark 0

finish
