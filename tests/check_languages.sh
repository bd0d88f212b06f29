#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The words in other languages than English: are they compiled, do they say
# what the English ones say and no less, and are they fit for the people who
# read them? Prints TAP.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

awk=${AWK:-awk}
catalogs=$srcdir/catalogs
english=$catalogs/en.msg
LC_ALL=C
export LC_ALL

# What two files of words must share: names of labels, and whether they are
# empty; header lines but Admin-Note; steps; which facts each text names.
cat >"$tmp/skeleton.awk" <<'AWK'
function facts(text,    i, n, name, all) {
    n = split("recipient recipient_local recipient_domain status action reply " \
        "remote_server generating_server sender subject date message_id " \
        "retry_until time_left postmaster hops size from", name, " ")
    for (i = 1; i <= n; i++)
        if (index(text, "{" name[i] "}") || index(text, "{?" name[i] "}"))
            all = all " " name[i]
    return all
}
function flush() {
    if (state == "text")
        print "text" facts(text)
    text = ""
}
/^Labels:/ { state = "labels"; next }
state == "" { next }
$0 == "%%" { flush(); state = "header"; print; next }
state == "labels" && /:/ {
    name = value = $0
    sub(/:.*/, "", name)
    sub(/^[^:]*: */, "", value)
    print name (value == "" ? " empty" : "") facts(value)
}
state == "header" && /^$/ { state = "text"; next }
state == "header" && !/^Admin-Note:/ { print }
state == "text" {
    print match($0, /^[0-9]+\. /) ? "step " substr($0, 1, RLENGTH) : "line"
    text = text $0
}
END { flush() }
AWK
$awk -f "$tmp/skeleton.awk" "$english" >"$tmp/english"

# Forms of numbers as their rule wants them, names of days and months; lines
# that are still English.
cat >"$tmp/forms.awk" <<'AWK'
BEGIN {
    count["none"] = 1; count["one-other"] = count["zero-one-other"] = 2
    count["slavic"] = count["polish"] = count["hebrew"] = 3
    count["arabic"] = 6
}
/^Labels:/ { file++; state = "labels"; next }
/^%%/ { state = "header"; entry[file]++; line = 0; next }
state == "header" && /^$/ { state = "text"; next }
state == "labels" && /:/ {
    name = value = $0
    sub(/:.*/, "", name)
    sub(/^[^:]*: */, "", value)
    if (file == 2)
        label[name] = value
    if (file == 1)
        old[name] = value
    else if (old[name] == value && length(value) > 12 && name !~ /^(date|size|minutes)$/)
        print FILENAME ": " name " is still English"
}
state == "text" {
    key = entry[file] "/" ++line
    if (file == 1)
        was[key] = $0
    else if (was[key] == $0 && $0 ~ /[a-z][a-z][a-z][a-z]/)
        print FILENAME ": still English: " $0
}
function parts(name, wanted,    unused) {
    if (split(label[name], unused, "|") != wanted)
        print FILENAME ": " name " has not " wanted " parts"
}
END {
    if (!(label["plural"] in count))
        print FILENAME ": no such plural rule: " label["plural"]
    else {
        parts("days", count[label["plural"]])
        parts("hours", count[label["plural"]])
        parts("minutes", count[label["plural"]])
    }
    parts("weekdays", 7)
    parts("months", 12)
    parts("size", 3)
    if (label["direction"] !~ /^(ltr|rtl)$/)
        print FILENAME ": direction"
    if (label["duration"] !~ /@1.*@2/)
        print FILENAME ": duration"
}
AWK

# Technical words of a language in what its users read. The list is in lower
# case; letters beyond ASCII are compared as they are.
cat >"$tmp/jargon.awk" <<'AWK'
FILENAME ~ /jargon/ {
    if (index($0, tag ": ") == 1)
        n = split(substr($0, length(tag) + 3), word, "|")
    next
}
/^%%/ { state = "header"; next }
state == "header" && /^$/ { state = "text"; next }
state == "text" {
    text = tolower($0)
    gsub(/\{[^}]*\}/, "", text)
    for (i = 1; i <= n; i++)
        if (index(text, word[i]))
            print FILENAME ":" FNR ": " word[i]
    if (text ~ /(^|[^a-z])(smtp|dns|mx|orcpt|tls|spf|dkim|dmarc)([^a-z]|$)/)
        print FILENAME ":" FNR ": a technical word"
}
END {
    if (n < 5)
        print "no list of words for " tag
}
AWK

look() {
    tag=$1
    words=$catalogs/$tag.msg
    data=$srcdir/lib/words/$(echo "$tag" | tr '-' '_')_data.c
    $awk -f "$catalogs/catalog.awk" "$words" >"$tmp/made" 2>>"$bad"
    cmp -s "$tmp/made" "$data" || echo "$data is not up to date" >>"$bad"
    result "$tag: compiled"
    $awk -f "$tmp/skeleton.awk" "$words" >"$tmp/other" 2>>"$bad"
    diff "$tmp/english" "$tmp/other" >>"$bad"
    result "$tag: the labels, entries, steps and facts of the English words"
    $awk -f "$tmp/forms.awk" "$english" "$words" >>"$bad" 2>&1
    result "$tag: forms of numbers, names of days and months, nothing English"
    $awk -v tag="$tag" -f "$tmp/jargon.awk" "$catalogs/jargon.txt" "$words" \
        >>"$bad" 2>&1
    result "$tag: no technical word in what users read"
}

count=0
for each in "$catalogs"/*.msg; do
    tag=$(basename "$each" .msg)
    [ "$tag" = en ] || look "$tag"
    count=$((count + 1))
done
[ "$count" -ge "${LANGUAGES_LEAST:-18}" ] || echo "$count languages" >>"$bad"
result "every language is there"

finish
