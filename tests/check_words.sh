#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The built-in words and the registry of codes: are the generated files those of
# their sources, is each code served, and are the texts fit for the people who
# read them? Prints TAP. An argument names another file of words to look at.

srcdir=${srcdir:-$(dirname "$0")/..}
words=${1:-$srcdir/catalogs/en.msg}
awk=${AWK:-awk}
LC_ALL=C
export LC_ALL

tmp=${TMPDIR:-/tmp}/check_words.$$
mkdir "$tmp" || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

number=0
failures=0

# Print the result of a check: it holds if the file "bad" is empty.
result() {
    number=$((number + 1))
    if [ -s "$tmp/bad" ]; then
        echo "not ok $number - $1"
        sed 's/^/# /' "$tmp/bad"
        failures=1
    else
        echo "ok $number - $1"
    fi
}

# check NAME -f PROGRAM FILE...: what the program prints of the files is wrong.
check() {
    name=$1
    shift
    $awk -F '\t' -f "$tmp/choose.awk" "$@" >"$tmp/bad" 2>&1 ||
        echo "the check itself broke" >>"$tmp/bad"
    result "$name"
}

echo 1..19

# ---- Generated files ---------------------------------------------------------

# Compare the committed file with what each awk at hand makes of its source.
regenerate() {
    : >"$tmp/bad"
    tried=
    for each in "$awk" mawk 'gawk --posix' 'busybox awk' original-awk; do
        command -v "${each%% *}" >/dev/null 2>&1 || continue
        case $each in
        busybox*) busybox awk 'BEGIN { exit 0 }' 2>/dev/null || continue ;;
        esac
        $each -f "$srcdir/catalogs/$1" "$2" >"$tmp/made" 2>>"$tmp/bad" ||
            echo "$each: exit status $?" >>"$tmp/bad"
        cmp -s "$tmp/made" "$srcdir/$3" ||
            echo "$each: $3 is not what $1 makes of $2" >>"$tmp/bad"
        tried=yes
    done
    [ "$tried" ] || echo "no awk" >>"$tmp/bad"
    result "$3 is up to date"
}

regenerate catalog.awk "$words" lib/words/en_data.c
regenerate status.awk "$srcdir/catalogs/status.tsv" lib/mail/status_data.c

# The members of an enum whose names begin with a prefix, in order.
members() {
    sed -n "/^enum $1 {/,/^}/s/^ *\($2[A-Z_]*\).*/\1/p" \
        "$srcdir"/lib/words/*.h | grep -v 'COUNT$'
}

: >"$tmp/bad"
members ndri_label NDRI_LABEL_ >"$tmp/enum"
sed -n 's/^ *\[\(NDRI_LABEL_[A-Z_]*\)\] = .*/\1/p' \
    "$srcdir/lib/words/en_data.c" >"$tmp/list"
[ -s "$tmp/enum" ] || echo "no enum ndri_label" >>"$tmp/bad"
diff "$tmp/enum" "$tmp/list" >>"$tmp/bad" || echo "labels differ" >>"$tmp/bad"
tr -d '"\\\n' <"$srcdir/catalogs/catalog.awk" | tr -s ' ' >"$tmp/list"
names=$(members ndri_placeholder NDRI_PH_ | sed 's/NDRI_PH_//' |
    tr 'A-Z\n' 'a-z ')
[ "$names" ] || echo "no enum ndri_placeholder" >>"$tmp/bad"
grep -qF "(${names% }," "$tmp/list" || echo "placeholders differ" >>"$tmp/bad"
result "catalog.awk knows the labels and placeholders of the headers"

# ---- Entries and labels as lines ---------------------------------------------

# entries: line, status, action, reply match, movers, note, text, steps (parted
# by " // "). labels: name, text.
$awk -v entries="$tmp/entries" -v labels="$tmp/labels" '
    function flush() {
        if (state != "entry" && state != "text")
            return
        gsub(/, */, " ", h["move"])
        print start "\t" h["status"] "\t" h["action"] "\t" h["reply-match"] \
            "\t" h["move"] "\t" h["admin-note"] "\t" text "\t" steps >entries
    }
    state == "" && /^Labels:/ { state = "labels"; next }
    $0 == "%%" {
        flush()
        state = "entry"
        start = NR + 1
        text = steps = ""
        split("", h)
        next
    }
    state == "labels" && /:/ {
        name = $0
        sub(/:.*/, "", name)
        value = $0
        sub(/^[^:]*: */, "", value)
        print name "\t" value >labels
    }
    state == "entry" && /^$/ { state = "text"; next }
    state == "entry" {
        name = tolower($0)
        sub(/:.*/, "", name)
        value = $0
        sub(/^[^:]*: */, "", value)
        h[name] = value
    }
    state == "text" && /^[0-9]+\. / {
        sub(/^[0-9]+\. /, "")
        steps = steps (steps == "" ? "" : " // ") $0
        next
    }
    state == "text" && !/^$/ { text = text (text == "" ? "" : " ") $0 }
    END { flush() }
' "$words"

# What the checks share. The entries stand in arrays, numbered from 1.
cat >"$tmp/choose.awk" <<'AWK'
FILENAME ~ /\/entries$/ {
    n++
    at[n] = $1; status[n] = $2; action[n] = $3; match_[n] = $4
    move[n] = $5; note[n] = $6; text[n] = $7; steps[n] = $8
    is_delay[n] = $3 == "delayed"
    where[n] = "line " $1 " (" $2 ($3 == "" ? "" : " " $3) "): "
}
FILENAME ~ /\/labels$/ { label[$1] = $2 }

# How exactly a pattern fits a code: 4 X.Y.Z, 3 *.Y.Z, 2 X.Y.*, 1 X.*, 0 not.
function fits(pattern, code,    p, c) {
    split(code, c, ".")
    if (split(pattern, p, ".") == 2)
        return p[1] == c[1] ? 1 : 0
    if ((p[1] != "*" && p[1] != c[1]) || p[2] != c[2])
        return 0
    if (p[3] == "*")
        return 2
    if (p[3] != c[3])
        return 0
    return p[1] == "*" ? 3 : 4
}

# Does an alternative begin a word of the reply, outside of <>?
function matches(list, reply,    a, k, i, from, before) {
    reply = tolower(reply)
    k = split(tolower(list), a, "|")
    for (i = 1; i <= k; i++)
        if (a[i] ~ /^\^/ && index(reply, substr(a[i], 2)) == 1)
            return 1
    gsub(/<[^>]*>/, " ", reply)
    for (i = 1; i <= k; i++) {
        for (from = 1; from <= length(reply); from++) {
            before = substr(reply, from - 1, from > 1 ? 1 : 0)
            if (before !~ /[a-z0-9]/ &&
                substr(reply, from, length(a[i])) == a[i])
                return 1
        }
    }
    return 0
}

# The entry that would be used; 0 if there is none.
function choose(code, what, reply,    i, rank, best, chosen) {
    for (i = 1; i <= n; i++) {
        rank = fits(status[i], code) * 2
        if (rank == 0 || (action[i] != "" && action[i] != what))
            continue
        if (match_[i] != "" && !matches(match_[i], reply))
            continue
        rank += (match_[i] != "" ? 100 : 0) + (action[i] != "" ? 1 : 0)
        if (rank >= best) {
            best = rank
            chosen = i
        }
    }
    return chosen + 0
}

# As a reader sees it, with facts of the usual length in the places of names.
function shown(source) {
    gsub(/\{\?[a-z_]*\}|\{\/\}/, "", source)
    gsub(/\{retry_until\}/, "Thursday, 26 November year, time (zone)", source)
    gsub(/\{time_left\}/, "one day and two hours", source)
    gsub(/\{size\}/, "many MB", source)
    gsub(/\{[a-z_]*\}/, "name", source)
    return source
}

function word_count(source,    w) {
    return split(source, w, " ")
}

# Every label that can stand in a user section, but for the subject prefixes:
# these are fixed, and stand in the header.
function is_user_label(name) {
    return name ~ /^(heading|server|closing|who|not-whole)/ ||
        name ~ /^(no-subject|subject|sent|steps|days|hours|minutes)$/
}
AWK

: >"$tmp/bad"
[ "$(grep -c . "$tmp/entries")" -ge 100 ] || echo "too few entries" >"$tmp/bad"
[ "$(grep -c . "$tmp/labels")" -ge 50 ] || echo "too few labels" >>"$tmp/bad"
result "the file can be read"

# ---- Words -------------------------------------------------------------------

cat >"$tmp/program" <<'AWK'
BEGIN {
    words = "e?smtps?|dns|mx|relay[a-z]*|queue[a-z]*|connectors?|quotas?|" \
        "orcpt|status codes?|enhanced status|permanent failure|fatal|" \
        "hosts?|protocols?|dkim|spf|dmarc|tls|helo|ehlo|ip|ldap|bounced?|" \
        "daemon|parameters?|[0-9][0-9][0-9]"
}
function look(place, source) {
    source = " " tolower(shown(source)) " "
    if (match(source, "[^a-z](" words ")[^a-z]"))
        print place substr(source, RSTART, RLENGTH)
}
END {
    for (i = 1; i <= n; i++)
        look(where[i], text[i] " " steps[i])
    for (name in label)
        if (is_user_label(name))
            look("label " name ": ", label[name])
}
AWK
check "no technical word in what users read" \
    -f "$tmp/program" "$tmp/entries" "$tmp/labels"

cat >"$tmp/program" <<'AWK'
END {
    for (i = 1; i <= n; i++) {
        count = word_count(shown(text[i]))
        if (count > 60)
            print where[i] count " words before the steps"
        if (text[i] == "")
            print where[i] "no text"
        k = split(steps[i], step, " // ")
        if (k > 3)
            print where[i] k " steps"
        for (j = 1; j <= k; j++)
            if ((count = word_count(shown(step[j]))) > 25)
                print where[i] count " words in step " j
    }
}
AWK
check "at most 60 words, three steps, 25 words a step" \
    -f "$tmp/program" "$tmp/entries"

cat >"$tmp/program" <<'AWK'
function look(place, source) {
    if (source ~ /[Tt]h(is|ese) (address|mailbox|recipient|person|domain)/)
        print place "speaks of one of several recipients"
    if (source ~ /\{(recipient|recipient_local|reply|status)\}/)
        print place "a placeholder that our own words do without"
    if (source ~ /will (then )?(be delivered|arrive|reach|get through|work)/)
        print place "a promise"
    if (source ~ /[Yy]ou (have )?(mis|wrong|forgot|made a|(typed|entered) a)/ ||
        source ~ /[Yy]our (mistake|error|fault)/)
        print place "blame"
    if (source ~ /[Rr]emote (mail )?system|[Ii]nvalid|[Ee]rror code/)
        print place "machine talk"
    if (source !~ /[.]$/)
        print place "no full stop at the end"
    if (source ~ /  | [.,:;]/)
        print place "a blank too many"
}
# A fact that may be missing stands within its condition only.
function look_for(place, source, name,    rest) {
    rest = source
    while (match(rest, "\\{\\?" name "\\}[^/]*\\{/\\}"))
        rest = substr(rest, 1, RSTART - 1) substr(rest, RSTART + RLENGTH)
    if (index(rest, "{" name "}"))
        print place "{" name "} outside of {?" name "}"
}
END {
    for (i = 1; i <= n; i++) {
        look(where[i], text[i])
        k = split(steps[i], step, " // ")
        for (j = 1; j <= k; j++)
            look(where[i] "step " j ": ", step[j])
        all = text[i] " " steps[i]
        look_for(where[i], all, "hops")
        look_for(where[i], all, "size")
        look_for(where[i], all, "recipient_domain")
        look_for(where[i], all, "retry_until")
        look_for(where[i], all, "time_left")
        if ((text[i] steps[i] note[i]) ~ /[^ -~]/)
            print where[i] "not ASCII"
    }
}
AWK
check "no blame, no promise, nothing for one address only" \
    -f "$tmp/program" "$tmp/entries"

cat >"$tmp/program" <<'AWK'
END {
    for (i = 1; i <= n; i++) {
        if (status[i] ~ /^4/ && action[i] == "")
            print where[i] "one text for delayed and failed"
        if (status[i] ~ /^\*/ && action[i] == "")
            print where[i] "one text for delayed and failed"
        if (!is_delay[i])
            continue
        delays++
        if (tolower(text[i] steps[i]) ~ /undeliver|fail|permanent/)
            print where[i] "sounds like the end"
        if (text[i] !~ /[Ww]e keep trying\{\?retry_until\} until/)
            print where[i] "does not say that attempts go on, and until when"
        if (steps[i] ~ /[Ss]end (it|the message|them) again/)
            print where[i] "asks to send again"
    }
    if (delays < 40)
        print "hardly any delays: " delays
    for (name in label)
        if (name ~ /delayed/ && tolower(label[name]) ~ /undeliver|fail/)
            print "label " name " sounds like the end"
    if (label["heading-delayed"] !~ /delay/ ||
        label["heading-delayed-several"] !~ /delay/)
        print "the heading of a delay does not say so"
    if (label["closing-delayed"] !~ /(send it|send the message) again|resend/)
        print "closing-delayed does not say whether to send again"
    if (label["closing-delayed"] !~ /hear from us|another (message|report)/)
        print "closing-delayed does not announce the next report"
    if (label["closing-delayed"] !~ /urgent/)
        print "closing-delayed does not help in a hurry"
}
AWK
check "delays sound like delays" -f "$tmp/program" "$tmp/entries" "$tmp/labels"

cat >"$tmp/program" <<'AWK'
END {
    fixed["subject-failed"] = "Undeliverable:"
    fixed["subject-delayed"] = "Delivery delayed:"
    fixed["subject-delivered"] = "Delivered:"
    fixed["subject-relayed"] = "Relayed:"
    fixed["subject-expanded"] = "Expanded:"
    fixed["no-subject"] = "(no subject)"
    fixed["admin"] = "Diagnostic information for administrators:"
    fixed["generating-server"] = "Generating server:"
    fixed["rejected-recipient"] = "Rejected recipient:"
    fixed["recipient"] = "Recipient:"
    fixed["original-recipient"] = "Original recipient:"
    fixed["remote-server"] = "Remote server:"
    fixed["status"] = "Enhanced status code:"
    fixed["status-derived"] = "(not given by the server)"
    fixed["reply"] = "SMTP response:"
    fixed["headers"] = "Original message headers:"
    fixed["attempts"] = "Attempts:"
    fixed["retry-until"] = "Will retry until:"
    for (name in fixed)
        if (label[name] != fixed[name])
            print name ": " label[name]
    if (label["heading-relayed"] ~ /delivered/ ||
        label["heading-relayed-several"] ~ /delivered/)
        print "heading-relayed says more than is known"
    if (label["closing-delivered"] !~ /read/)
        print "closing-delivered does not say that nobody may have read it"
    if (split(label["weekdays"], unused, "|") != 7 ||
        split(label["months"], unused, "|") != 12)
        print "weekdays or months"
}
AWK
check "the labels that readers look for" -f "$tmp/program" "$tmp/labels"

# ---- Coverage ----------------------------------------------------------------

# Codes with words of their own: code, movers of failed, movers of delayed. The
# second group is of codes that the first does not hold.
cat >"$tmp/moves" <<'TABLE'
4.3.1 SA,RA -
4.3.2 RA,SA -
4.4.1 RA -
4.4.2 SA,RA -
4.4.7 RA,S -
5.0.0 SA,RA
5.1.0 S,SA
5.1.1 S,RA
5.1.2 S,SA
5.1.3 S,RA
5.1.4 RA
5.1.7 S,SA
5.2.1 RA,R
5.2.2 R,RA
5.2.3 S,RA
5.2.4 RA
5.3.3 RA,SA
5.3.4 S,SA,RA
5.3.5 RA,SA
5.4.4 S,RA
5.4.6 SA,RA
5.5.2 SA,RA
5.5.3 S,SA
5.5.4 S,SA
5.5.6 SA,RA
5.7.1 S,R,RA
5.7.3 S,SA
5.1.6 S,R
5.1.8 SA
5.1.10 S,RA
5.2.0 RA
5.3.0 RA
5.4.0 SA,RA
5.4.1 S,RA
5.4.7 RA,S
5.5.0 SA,RA
5.5.1 SA
5.6.0 S
5.6.1 S
5.6.3 S,SA
5.6.7 S,RA
5.7.0 SA,S
5.7.8 S
5.7.13 SA,RA
5.7.20 SA
5.7.21 SA
5.7.22 SA
5.7.23 SA
5.7.24 SA
5.7.25 SA
5.7.26 SA
5.7.27 SA
5.7.30 S,RA
4.2.1 RA,R -
4.2.2 R,RA R
4.4.3 SA -
4.4.4 SA -
4.4.5 RA,S -
4.4.6 SA,RA -
4.5.3 S,SA -
4.7.0 SA -
4.7.1 SA -
4.7.12 S S
TABLE
tr ' ' '\t' <"$tmp/moves" >"$tmp/moves.tsv"

cat >"$tmp/program" <<'AWK'
FILENAME ~ /moves.tsv$/ { code[++codes] = $1 }
# Is there an entry for this very subject and detail?
function own(c, what,    e) {
    e = choose(c, what, "")
    if (!e || fits(status[e], c) < 3)
        print c " " what ": no words of its own"
}
END {
    for (i = 1; i <= codes; i++) {
        rest = substr(code[i], 2)
        own("5" rest, "failed")
        own("4" rest, "failed")
        own("4" rest, "delayed")
    }
    if (codes != 63)
        print codes " codes"
}
AWK
check "each code has its own words, in either class" \
    -f "$tmp/program" "$tmp/entries" "$tmp/moves.tsv"

cat >"$tmp/program" <<'AWK'
function need(pattern, what,    i) {
    for (i = 1; i <= n; i++)
        if (status[i] == pattern && match_[i] == "" &&
            (action[i] == "" || action[i] == what))
            return
    print pattern " " what ": missing"
}
END {
    for (y = 0; y <= 7; y++) {
        need("5." y ".*", "failed")
        need("4." y ".*", "failed")
        need("4." y ".*", "delayed")
    }
    need("5.*", "failed")
    need("4.*", "failed")
    need("4.*", "delayed")
    need("2.*", "delivered")
    need("2.*", "relayed")
    need("2.*", "expanded")
    for (i = 1; i <= n; i++)
        if (status[i] ~ /^[245]\..*\*$/)
            general[text[i]] = status[i]
    for (i = 1; i <= n; i++)
        if (status[i] !~ /\*$/ && text[i] in general)
            print where[i] "says no more than " general[text[i]]
}
AWK
check "fallbacks for each subject and class, none of them used twice" \
    -f "$tmp/program" "$tmp/entries"

cat >"$tmp/program" <<'AWK'
FILENAME ~ /moves.tsv$/ {
    is($1, "failed", "", $2)
    if ($3 != "")
        is($1, "delayed", "", $3)
}
function is(c, what, reply, want,    have) {
    have = move[choose(c, what, reply)]
    gsub(/sender-admin/, "SA", have)
    gsub(/recipient-admin/, "RA", have)
    gsub(/sender/, "S", have)
    gsub(/recipient/, "R", have)
    gsub(/nobody/, "-", have)
    gsub(/ /, ",", have)
    if (have != want)
        print c " " what " " reply ": " have " instead of " want
}
END {
    is("5.7.1", "failed", "550 5.7.1 Unable to relay", "RA,SA,S")
    is("5.7.1", "failed", "530 5.7.1 Client was not authenticated", "SA,RA")
    is("5.7.1", "failed", "554 5.7.1 Message blocked as spam", "SA")
    is("5.7.1", "failed", "550 5.7.1 RESOLVER.RST.NotAuthorized", "S,R,RA")
    for (i = 1; i <= n; i++) {
        if (is_delay[i] && move[i] != "nobody" &&
            status[i] !~ /\.2\.2$|\.7\.12$/)
            print where[i] "a delay asks for " move[i]
        if (!is_delay[i] && move[i] ~ /nobody/)
            print where[i] "nobody's move after the end"
        if (status[i] ~ /^2/ ? move[i] steps[i] != "" : move[i] == "")
            print where[i] "movers or steps: " move[i] " " steps[i]
    }
}
AWK
check "whose move it is" -f "$tmp/program" "$tmp/entries" "$tmp/moves.tsv"

cat >"$tmp/program" <<'AWK'
FILENAME ~ /moves.tsv$/ { code[++codes] = $1; first[codes] = $2 }
# What the steps of a failed code hold.
function want(c, pattern,    e) {
    e = choose(c, "failed", "")
    if (steps[e] !~ pattern)
        print c ": no step like " pattern
}
function refuse(c,    e) {
    e = choose(c, "failed", "")
    if ((text[e] " " steps[e]) ~ /[Ss]end (it|the|a|that)[a-z ]* again|new message/)
        print c ": asks to send again"
    if (steps[e] == "")
        print c ": no step at all"
}
END {
    again = "[Ss]end (it|the [a-z ]*message) again"
    for (i = 1; i <= codes; i++)
        if (first[i] ~ /^S(,|$)/ && steps[choose(code[i], "failed", "")] == "")
            print code[i] ": the sender acts first and is not told how"
    want("5.1.1", "new message, not the old one again")
    want("5.1.0", again)
    want("5.1.3", "Type the address.* // .*" again)
    want("5.2.3", again " without attachments")
    want("5.3.4", "smaller.* // .*" again)
    want("5.5.3", again " to smaller groups")
    want("4.4.7", again)
    want("5.4.7", again)
    want("4.4.1", again)
    want("4.4.2", again)
    refuse("5.4.6")
    refuse("5.3.5")
    refuse("5.1.4")
}
AWK
check "steps to send again where that makes sense, and only there" \
    -f "$tmp/program" "$tmp/entries" "$tmp/moves.tsv"

cat >"$tmp/program" <<'AWK'
FILENAME ~ /moves.tsv$/ && /^4/ {
    e = choose($1, "failed", "")
    if ((text[e]) !~ /not be tried again|was stopped/)
        print $1 ": does not say that attempts have ended"
}
END {
    e = choose("5.4.7", "failed", "")
    if (text[e] !~ /not be tried again/)
        print "5.4.7: does not say that attempts have ended"
    if (text[choose("4.4.7", "failed", "")] !~ /may send it again/)
        print "4.4.7: does not say that it may be sent again"
    if (text[choose("4.4.2", "delayed", "")] !~ /another report/)
        print "4.4.2: does not announce another report"
}
AWK
check "an end of attempts says so" \
    -f "$tmp/program" "$tmp/entries" "$tmp/moves.tsv"

cat >"$tmp/program" <<'AWK'
function forged(c, what, reply) {
    if (text[choose(c, what, reply)] !~ /did not send this message.*nothing/)
        print c " " reply ": no word for those whose address was used"
}
END {
    forged("5.7.1", "failed", "550 5.7.1 Unable to relay")
    forged("5.7.1", "failed", "550 5.7.1 looks like spam")
    forged("5.7.999", "failed", "")
    forged("4.7.999", "failed", "")
    forged("4.7.1", "failed", "454 4.7.1 Relay access denied")
}
AWK
check "a forged sender is told that there is nothing to do" \
    -f "$tmp/program" "$tmp/entries"

# Which entry a reply leads to: code, reply, a word of the entry's text.
cat >"$tmp/replies" <<'TABLE'
5.7.1 550 5.7.1 Sender not permitted|not permitted
5.7.1 550 5.7.1 RESOLVER.RST.AuthRequired; authentication required|not permitted
5.7.1 550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized|not permitted
5.7.1 550 5.7.1 TRANSPORT.RULES.RejectMessage; message blocked|not permitted
5.7.1 550 5.7.1 SENDER.RST; unable to relay|not permitted
5.7.1 550 5.7.1 Unable to relay|does not pass on
5.7.1 550 5.7.1 Unable to relay for <joe@contoso.com>|does not pass on
5.7.1 554 5.7.1 <joe@contoso.com>: Relay access denied|does not pass on
5.7.1 550 5.7.1 joe@contoso.com... Relaying denied|does not pass on
5.7.1 550 relay not permitted|does not pass on
5.7.1 550 5.7.1 Cannot relay, authentication required|does not pass on
5.7.1 550 5.7.1 Unable to relay: you are blocked|does not pass on
5.7.1 550 5.7.1 refused by relayed.example.net|not permitted
5.7.1 550 5.7.1 <relaying@relay.example.net> refused|not permitted
5.7.1 530 5.7.1 Go away|sign in first
5.7.1 550 5.7.1 Client was not authenticated|sign in first
5.7.1 550 5.7.1 SMTP AUTH is required here|sign in first
5.7.1 550 5.7.1 must be authenticated; host is blocked|sign in first
5.7.1 550 5.7.1 number 530|not permitted
5.7.1 554 5.7.1 Service unavailable; [192.0.2.1] blocked using list.example|unwanted
5.7.1 554 5.7.1 This looks like SPAM|unwanted
5.7.1 550 5.7.1 poor reputation|unwanted
5.7.1 550 5.7.1 unlisted recipient, unblocked|not permitted
5.0.0 501 5.0.0 HELO requires domain address|introduced itself
5.0.0 501 5.0.0 EHLO requires domain address|introduced itself
5.0.0 550 5.0.0 No|no exact reason
5.1.0 550 5.1.0 Sender denied|as that of the sender
5.1.0 550 5.1.0 Address rejected|or yours
5.5.2 503 5.5.2 Send hello first|greeting
5.5.2 500 5.5.2 Syntax error|misunderstood
5.4.1 550 5.4.1 Recipient address rejected: Access denied|does not take mail for the address
5.4.1 450 5.4.1 no answer|either no answer
TABLE
tr '|' '\t' <"$tmp/replies" >"$tmp/replies.tsv"
cat >"$tmp/program" <<'AWK'
FILENAME ~ /replies.tsv$/ {
    c = $1
    sub(/ .*/, "", c)
    reply = substr($1, length(c) + 2)
    e = choose(c, "failed", reply)
    count++
    if (index(text[e], $2) == 0)
        print c " " reply ": " text[e]
}
END {
    if (count < 30)
        print "only " count " replies"
}
AWK
check "replies lead to the entry that they mean" \
    -f "$tmp/program" "$tmp/entries" "$tmp/replies.tsv"

# ---- What administrators find ------------------------------------------------

# Causes and remedies to be found in note or text: code, reply or nothing, and
# expressions parted by ";".
cat >"$tmp/causes" <<'TABLE'
4.3.1||memory;disk|storage;free or add
4.3.2||queue;frozen|stopped|paused;resume|unfreeze|restart
4.4.1||not respond|no answer;network;tried again;wait|watch;passing|temporary
4.4.2||dropped|broke;network;size limit;rate;wait|watch
4.4.7||expired|time limit;header limit|recipients;time-?out;address;receiving server;fewer recipients;send .*again
5.0.0||no route;not found;dns;smtp error;route|connector|address space
5.0.0|HELO requires domain address|helo;full host name
5.1.0||directory|attribute;target address;home server|database;saved|offline;check .*address;send .*again
5.1.0|Sender denied|sender;sender filter
5.1.1||mistyped;no such mailbox;moved;remembered|cached;legacy;check;remembered entry|cached entry;new message
5.1.2||not an internet address|non-smtp;no connector;check the address;add a connector
5.1.3||malformed|format;check;send .*again;accepted domains|policy
5.1.4||two|duplicate;replication;directory;one of the two objects
5.1.7||sender;missing|malformed;mail attribute|sender's address
5.2.1||offline;disabled;quarantine;database;mailbox disabled
5.2.2||full|limit;delete|reduce;raise|increase
5.2.3||too large;recipient's limit;without attachments;raise (the )?limit
5.2.4||dynamic group;filter;base;event log|logging;which attribute
5.3.3||disk|storage;bdat|chunking;protocol;free storage;smtp log
5.3.4||size limit;sending;receiving;smaller
5.3.5||loop;itself;connector;unique .*port;unassigned
5.4.4||no route;next hop;domain;mx
5.4.6||loop;configuration;20;forwarding|rules;both servers
5.5.2||sequence|order;disk;smtp log|trace;memory
5.5.2|Send hello first|order;disk;smtp log|trace;memory
5.5.3||to, cc and bcc together;limit;fewer;raise
5.5.4||sender;recipient;characters;unusual characters
5.5.6||protocol;event log
5.7.1||not allowed;group;members;rule;permission
5.7.1|Unable to relay|forged;spam;mx;relay permission;accept the domain
5.7.1|Client was not authenticated|not authenticated;anonymous;authenticate
5.7.1|listed as spam|filter;block list;host
5.7.3||alternate recipient|reassign;security
TABLE
tab=$(printf '\t')
sed "s/|/$tab/; s/|/$tab/" "$tmp/causes" >"$tmp/causes.tsv"
cat >"$tmp/program" <<'AWK'
FILENAME ~ /causes.tsv$/ {
    rows++
    all = ""
    add(choose($1, "failed", $2))
    if ($1 ~ /^4/)
        add(choose($1, "delayed", $2))
    k = split($3, group, ";")
    for (j = 1; j <= k; j++)
        if (tolower(all) !~ group[j])
            print $1 " " $2 ": no " group[j]
}
function add(e) { all = all " " note[e] " " text[e] " " steps[e] }
END {
    if (rows < 33)
        print "only " rows " rows"
    for (i = 1; i <= n; i++)
        if (word_count(note[i]) < 6)
            print where[i] "no note for administrators"
}
AWK
check "causes and remedies for administrators" \
    -f "$tmp/program" "$tmp/entries" "$tmp/causes.tsv"

cat >"$tmp/program" <<'AWK'
END {
    d = text[choose("2.1.5", "delivered", "")]
    r = text[choose("2.0.0", "relayed", "")]
    x = text[choose("2.0.0", "expanded", "")]
    if (d ~ /[Rr]ead |seen|accepted by/)
        print "delivered says more than is known"
    if (r ~ /was delivered|has been delivered/ || r !~ /no further receipt/)
        print "relayed: " r
    if (x !~ /group/ || x !~ /members/ || x ~ /delivered to all/)
        print "expanded: " x
    if (label["closing-relayed"] !~ /no confirmation/ ||
        label["closing-expanded"] !~ /no confirmation/)
        print "the closing words do not say that nothing is confirmed"
}
AWK
check "success says what is known, and no more" \
    -f "$tmp/program" "$tmp/entries" "$tmp/labels"

cat >"$tmp/program" <<'AWK'
FILENAME ~ /moves.tsv$/ { code[++codes] = $1 }
FILENAME ~ /status.tsv$/ && FNR > 1 { name[$1] = $2; exchange[$1] = $3; rows++ }
END {
    for (i = 1; i <= 27; i++)
        if (exchange[code[i]] == "")
            print code[i] ": no short name"
    for (i = 1; i <= codes; i++)
        if (name["X" substr(code[i], 2)] == "")
            print code[i] ": not in the registry"
    if (exchange["5.7.1"] !~ /authorized.*relay.*authenticated/)
        print "5.7.1 has three short names"
    if (rows < 100)
        print rows " rows"
}
AWK
check "the registry names each code that has words" \
    -f "$tmp/program" "$tmp/moves.tsv" "$srcdir/catalogs/status.tsv"

[ "$number" -eq 19 ] || echo "# $number checks were made"
exit $failures
