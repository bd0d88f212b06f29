#!/bin/sh
# SPDX-License-Identifier: ISC
#
# The command ndr: each option does what it says, and gives the same octets as
# its key in JSON; what is refused, what is told, the envelope. Prints TAP.
# NDR names the command.

. "${srcdir:-$(dirname "$0")/..}/tests/tap.sh"

ndr=${NDR:-$top_builddir/ndr}
command -v "$ndr" >/dev/null 2>&1 || {
    skip "the command" "not built: no jansson"
    finish
}
# Libtool's wrapper of it takes most of the time.
if LD_LIBRARY_PATH=$top_builddir/.libs "$top_builddir/.libs/ndr" --version \
    >/dev/null 2>&1 && [ -z "${NDR:-}" ]; then
    ndr=$top_builddir/.libs/ndr
    LD_LIBRARY_PATH=$top_builddir/.libs
    export LD_LIBRARY_PATH
fi

# 8-bit, so that it comes back whole only where the next hop takes that.
printf '%s\r\n' 'Received: from desk7.example.com by mail1.example.com;' \
    ' Tue, 24 Nov 2026 16:05:12 +0100' 'X-Desk: 7' 'Content-Language: fr' \
    'From: Jane Doe <jane@example.com>' 'Subject: Spring planning' \
    'Date: Tue, 24 Nov 2026 16:05:11 +0100' \
    'Message-ID: <77@desk7.example.com>' \
    '' "$(printf 'Gr\303\274\303\237e')" >"$tmp/original.eml"

# run NAME COMMAND...: exit status, standard output and standard error of ndr,
# in one file; the output alone in NAME.out.
run() {
    name=$tmp/$1
    shift
    "$ndr" "$@" <"$tmp/original.eml" >"$name.out" 2>"$name.err"
    echo "exit $?" | cat - "$name.out" "$name.err" >"$name"
}

# with OPTIONS RECIPIENT: build with these options of the report, and those of
# the recipient. Both are read as a shell reads them.
needed='--generating-server mail1.example.com --sender jane@example.com'
needed="$needed --date 1795536318"
with() {
    to=$1
    eval "set -- $needed $2 --rcpt joe@contoso.com $3"
    run "$to" build "$@"
}

# json REPORT RECIPIENT TOP: the same as a document; each list of keys may be
# empty.
json() {
    printf '{"report": {"generating_server": "mail1.example.com",
    "return_path": "jane@example.com", "date": 1795536318%s},
    "recipients": [{"address": "joe@contoso.com"%s}],
    "original": "original.eml"%s}\n' "${1:+, $1}" "${2:+, $2}" "${3:+, $3}" \
        >"$tmp/document.json"
}

# shown PATTERN: it is in what came of the options; after a "!" it is not.
shown() {
    case $1 in
    '!'*) ! grep -q -e "${1#!}" "$tmp/options" ;;
    *) grep -q -e "$1" "$tmp/options" ;;
    esac || echo "$*: $pattern" >>"$bad"
}

# Facts in which an option shows, as options and as keys of report and of the
# recipient.
context() {
    about=$1
    about_recipient=$2
    keys=$3
    recipient_keys=$4
}

# compare OPTIONS RECIPIENT KEYS RECIPIENT_KEYS TOP PATTERN: in the context
# these options give what these keys give, other octets than the context alone,
# and the pattern is in them.
compare() {
    pattern=$6
    with context "$about" "$about_recipient"
    with options "$about $1" "$about_recipient $2"
    json "$keys${keys:+${3:+, }}$3" \
        "$recipient_keys${recipient_keys:+${4:+, }}$4" "$5"
    run document build --json "$tmp/document.json"
    grep -qx 'exit 0' "$tmp/options" || cat "$tmp/options.err" >>"$bad"
    cmp "$tmp/options" "$tmp/document" >>"$bad" || {
        echo "options and keys differ:"
        diff -a "$tmp/options" "$tmp/document" | head -n 6
    } >>"$bad"
    cmp -s "$tmp/options" "$tmp/context" && echo "has no effect" >>"$bad"
    shown "$pattern"
    echo "$1 $2 " >>"$tmp/tested"
    echo "$3 $5" >>"$tmp/report_keys"
    echo "$4" >>"$tmp/recipient_keys"
    result "$1$2"
}

report() { compare "$1" "" "$2" "" "" "$3"; }
recipient() { compare "" "$1" "" "$2" "" "$3"; }

context "" "" "" ""
with options "" ""
json "" ""
run document build --json "$tmp/document.json"
cmp "$tmp/options" "$tmp/document" >>"$bad"
for pattern in 'exit 0' 'Reporting-MTA: dns; mail1.example.com' \
    'To: jane@example.com' 'Date: Tue, 24 Nov 2026 16:05:18 +0000' \
    'Final-Recipient: rfc822; joe@contoso.com'; do
    shown "^$pattern"
done
echo "$needed --rcpt " >"$tmp/tested"
echo '"generating_server": "return_path": "date": ' >"$tmp/report_keys"
echo '"address": ' >"$tmp/recipient_keys"
result "what is needed, as options and as keys"

# ---- How a server writes reports ---------------------------------------------

report '--reporting-authority mta.example.net' \
    '"reporting_authority": "mta.example.net"' \
    'Reporting-MTA: dns; mta.example.net'
report '--postmaster "Help <postmaster@example.net>"' \
    '"postmaster": "Help <postmaster@example.net>"' \
    '^From: Help <postmaster@example.net>'
report '--lang nl,fr' '"language": "nl,fr"' '^Content-Language: nl, fr'
report --detect-language '"detect_language": true' 'Votre message'
report '--organisation "Example, Inc.,#0b57c2"' \
    '"organisation": {"name": "Example, Inc.", "accent": "#0b57c2"}' 0b57c2
report --no-diagnostics '"diagnostics": false' '!Diagnostic information'
report --no-html '"html": false' '!text/html'
report --failed-recipients '"failed_recipients": true' \
    '^X-Failed-Recipients: joe@contoso.com'
report '--drop-headers "X-Desk, Subject"' \
    '"drop_headers": ["X-Desk", "Subject"]' '!^X-Desk'
report '--keep-headers "Date Subject"' \
    '"keep_headers": ["Date", "Subject"]' '!^X-Desk'
report '--max-header 100' '"max_header_bytes": 100' 'header over the limit'
report '--tz 60' '"tz_minutes": 60' '^Date: .* 17:05:18 +0100'
report '--copy-codes "5.1.1, 5.0.0"' '"copy_codes": ["5.1.1", "5.0.0"]' \
    "also due: the postmaster's copy (--copy "
report --copy '"copy": true' '^To: postmaster@mail1.example.com'
context --copy "" '"copy": true' ""
report '--copy-mailbox audit@example.com' \
    '"copy_mailbox": "audit@example.com"' '^To: audit@example.com'
context "--internal-domains example.com" "" \
    '"internal_domains": "example.com"' ""
report --mask-hosts '"mask_hosts": true' '^Reporting-MTA: dns; example.com'
context --mask-hosts "" '"mask_hosts": true' ""
report '--internal-domains example.com' '"internal_domains": "example.com"' \
    '^Reporting-MTA: dns; example.com'
context "--internal-domains example.com --mask-hosts" "" \
    '"internal_domains": "example.com", "mask_hosts": true' ""
report --internal '"audience": "internal"' \
    '^Reporting-MTA: dns; mail1.example.com'

two='--status 5.1.1 --rcpt ann@contoso.com --status 5.1.1'
context "" "$two" "" \
    '"status": "5.1.1"}, {"address": "ann@contoso.com", "status": "5.1.1"'
report --no-grouping '"grouping": false' .

two='--rcpt ann@contoso.com --action delayed'
context "" "$two" "" '"action": "failed"}, {"address": "ann@contoso.com",
    "action": "delayed"'
report --mixed '"mixed": true' '^Action: delayed'
report '--action delayed' '"action": "delayed"' '^Action: delayed'

context "" '--status 5.2.2' "" '"status": "5.2.2"'
printf 'Status: 5.2.2\n\nCall the help desk.\n' >"$tmp/own.msg"
# shellcheck disable=SC2016
compare '--template "$tmp/own.msg"' "" "" "" \
    '"templates": [{"match": "5.2.2", "text": "Call the help desk."}]' \
    'Call the help desk'

# ---- The message that failed, and its report ---------------------------------

context "" "" "" ""
report '--arrival 1795536300' '"arrival": 1795536300' \
    '^Arrival-Date: Tue, 24 Nov 2026 16:05:00 +0000'
report '--envid QQ+2B314' '"envid": "QQ+2B314"' \
    '^Original-Envelope-Id: QQ+314'
report '--received-from desk7.example.com,192.0.2.7' \
    '"received_from": {"helo": "desk7.example.com", "ip": "192.0.2.7"}' \
    '^Received-From-MTA: dns; desk7.example.com (192.0.2.7)'
report '--gateway gw.example.com' '"gateway": "gw.example.com"' \
    '^DSN-Gateway: dns; gw.example.com'
report '--return none' '"return": "none"' '!rfc822-headers'
report '--subject "Not delivered"' '"subject": "Not delivered"' \
    '^Subject: Not delivered'
report '--message-id "<1@example.com>"' '"message_id": "<1@example.com>"' \
    '^Message-ID: <1@example.com>'
report '--seed 4d3F7c0z2Wz1xq' '"seed": "4d3F7c0z2Wz1xq"' .
report '--header "X-Queue: 4d3F" --header "X-Site:north"' \
    '"headers": {"X-Queue": "4d3F", "X-Site": "north"}' '^X-Queue: 4d3F'
report '--header "X-Tag: a" --header "X-Tag: b"' \
    '"headers": {"X-Tag": ["a", "b"]}' '^X-Tag: b'
report '--field "X-Site: a: b"' '"fields": {"X-Site": "a: b"}' \
    '^X-Site: a: b'
context --8bitmime "" '"eightbit": true' ""
report '--return FULL' '"return": "FULL"' '^Content-Type: message/rfc822'
report '--return full' '"return": "full"' '^Content-Type: message/rfc822'
context '--return full' "" '"return": "full"' ""
report --8bitmime '"eightbit": true' '^Content-Transfer-Encoding: 8bit'
context '--8bitmime --return full' "" '"eightbit": true, "return": "full"' ""
report --require-tls '"require_tls": true' '!message/rfc822'
context "" "" "" ""
with context "" ""
for each in headers hdrs HDRS; do
    with options "--return $each" ""
    json "\"return\": \"$each\"" ""
    run document build --json "$tmp/document.json"
    cmp "$tmp/options" "$tmp/context" >>"$bad"
    cmp "$tmp/document" "$tmp/context" >>"$bad"
done
result "--return hdrs is what comes without it"
utf8=$(printf 'j\303\266rg@contoso.com')
context "" "--status 5.0.0 --rcpt $utf8" "" "\"status\": \"5.0.0\"}, {\"address\": \"$utf8\""
report --smtputf8 '"smtputf8": true' 'message/global-delivery-status'

# ---- What became of a recipient ----------------------------------------------

context "" "" "" ""
recipient '--status 5.2.2' '"status": "5.2.2"' '^Status: 5.2.2'
recipient '--reply "550 5.1.1 No"' '"response": "550 5.1.1 No"' \
    '^Diagnostic-Code: smtp; 550 5.1.1 No'
recipient '--diagnostic "X-Local,disk, full"' \
    '"diagnostic_type": "X-Local", "response": "disk, full"' \
    '^Diagnostic-Code: X-Local; disk, full'
recipient '--remote mx.contoso.com,192.0.2.9' \
    '"remote_server": "mx.contoso.com", "remote_ip": "192.0.2.9"' \
    '^Remote-MTA: dns; mx.contoso.com (192.0.2.9)'
recipient '--orcpt "rfc822;team+2B1@example.com"' \
    '"orcpt": "rfc822;team+2B1@example.com"' \
    '^Original-Recipient: rfc822; team+1@example.com'
recipient '--last-attempt 1795536000' '"last_attempt": 1795536000' \
    '^Last-Attempt-Date: Tue, 24 Nov 2026 16:00:00 +0000'
recipient '--attempt "1795536000,mx.contoso.com,192.0.2.9,timed out, at last"' \
    '"attempts": [{"time": 1795536000, "host": "mx.contoso.com",
    "ip": "192.0.2.9", "text": "timed out, at last"}]' 'timed out, at last'
recipient '--log-id 4d3F' '"log_id": "4d3F"' '^Final-Log-ID: 4d3F'
recipient '--text "Ask Ann."' '"text": "Ask Ann."' 'Ask Ann\.'
recipient '--hidden team@example.com' '"hidden": "team@example.com"' \
    '^Final-Recipient: rfc822; team@example.com'
recipient '--field "X-Disk: full" --field "X-Disk: sda"' \
    '"fields": {"X-Disk": ["full", "sda"]}' '^X-Disk: sda'
recipient '--action delayed' '"action": "delayed"' '^Action: delayed'
context "" '--remote mx.contoso.com' "" '"remote_server": "mx.contoso.com"'
compare "" '--remote-ip 192.0.2.9' "" '"remote_ip": "192.0.2.9"' "" \
    '^Remote-MTA: dns; mx.contoso.com (192.0.2.9)'
context "" '--action delayed' "" '"action": "delayed"'
recipient '--retry-until 1795709118' '"will_retry_until": 1795709118' \
    '^Will-Retry-Until: Thu, 26 Nov 2026 16:05:18 +0000'
context "" '--action delivered' "" '"action": "delivered"'
recipient '--notify Success,FAILURE' '"notify": "Success,FAILURE"' \
    '^Action: delivered'
recipient '--notify success,failure' '"notify": ["success", "failure"]' \
    '^Action: delivered'
context "" '--orcpt "rfc822;team@example.com"' "" \
    '"orcpt": "rfc822;team@example.com"'
recipient '--hidden team@example.com' '"hide_final": true' \
    '^Final-Recipient: rfc822; team@example.com'

# ---- Every option and every key ----------------------------------------------

echo '--envelope ' >>"$tmp/tested" # below
"$ndr" build --help | sed -n 's/^  \(--[^ ]*\).*/\1/p' >"$tmp/options.list"
"$ndr" help json | awk '/^[a-z]/ { part = $1 == "each" ? "recipient" : $1 }
    part != "usage:" && /^  / { print part, $1 }' >"$tmp/keys.list"
[ "$(wc -l <"$tmp/options.list")" -gt 50 ] || echo "few options" >>"$bad"
[ "$(wc -l <"$tmp/keys.list")" -gt 50 ] || echo "few keys" >>"$bad"
while read -r each; do
    grep -q -e "$each " "$tmp/tested" || echo "$each: no test" >>"$bad"
done <"$tmp/options.list"
while read -r part each; do
    [ "$part" = One ] || grep -q "\"$each\": " "$tmp/${part}_keys" ||
        echo "$each of $part: no test" >>"$bad"
done <"$tmp/keys.list"
result "each option and key is tested"

while read -r each; do
    grep -q -e "\`${each}[\` ]" "$srcdir/docs/command.md" ||
        echo "$each: not in docs/command.md" >>"$bad"
done <"$tmp/options.list"
while read -r part each; do
    [ "$part" = One ] || grep -q "\`$each\`" "$srcdir/docs/command.md" ||
        echo "$each of $part: not in docs/command.md" >>"$bad"
done <"$tmp/keys.list"
result "docs/command.md names each option and key"

sed -n '/^```json/,/^```$/{/^```/d;p;}' "$srcdir/docs/command.md" \
    >"$tmp/document.json"
run options build --json "$tmp/document.json"
for pattern in 'exit 0' 'X-Queue: 4d3F7c0z2Wz1xq' \
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown'; do
    shown "^$pattern"
done
result "the document of docs/command.md is one"

# ---- What is refused, and what to type instead -------------------------------

# says STATUS WORDS: the last run ended so, told so, and wrote no report.
says() {
    grep -qx "exit $1" "$tmp/options" || head -n 1 "$tmp/options" >>"$bad"
    grep -q -F -e "$2" "$tmp/options.err" || cat "$tmp/options.err" >>"$bad"
    [ ! -s "$tmp/options.out" ] || echo "writes a report" >>"$bad"
}

# refuses STATUS OPTIONS RECIPIENT WORDS
refuses() {
    with options "$2" "$3"
    says "$1" "$4"
    result "$2$3: $4"
}

# rejects REPORT RECIPIENT WORDS: of keys
rejects() {
    json "$1" "$2"
    run options build --json "$tmp/document.json"
    says 65 "$3"
    result "$1$2: $3"
}

refuses 64 "" '--notify SUCCESS,NEVER' 'expected NEVER, or SUCCESS, FAILURE'
refuses 64 "" '--notify SUCCESS,' 'expected NEVER, or SUCCESS, FAILURE'
refuses 64 '--return half' "" 'expected FULL or HDRS, or headers, full or none'
refuses 64 '--header X-Queue' "" 'expected a name and a value, such as "X-N'
refuses 65 '--header "Subject: no"' "" 'header name "Subject"'
refuses 65 '--field "Queue: 1"' "" 'field name "Queue": expected X-'
refuses 65 "" '--field "X-Q: "' 'recipient 1: field value'
refuses 64 '--keep-headers Date --drop-headers To' "" \
    '--keep-headers and --drop-headers: give one of them'
refuses 65 '--copy-codes 5.4' "" 'expected codes such as 5.4.6'
refuses 65 '--copy-mailbox jane' "" 'expected local@domain'
refuses 65 '--gateway "a b"' "" 'gateway "a b"'
refuses 64 --mask-host "" 'did you mean --mask-hosts?'
refuses 64 '--status 5.1.1' "" '--status belongs after a --rcpt'
refuses 64 '--json x' "" '--json comes first, and goes with no option'
for each in --generating-server --sender --rcpt; do
    # shellcheck disable=SC2086
    set -- $needed --rcpt joe@contoso.com
    while [ "$1" != $each ]; do
        set -- "$@" "$1"
        shift
    done
    shift 2
    run options build "$@"
    says 64 "$each "
    result "$each is needed"
done
rejects '"diagnostics": "no"' "" 'report.diagnostics: expected true or false'
rejects '"require_tl": true' "" 'did you mean "require_tls"?'
rejects '"headers": ["X-A: 1"]' "" 'expected an object of names and values'
rejects '"copy_codes": 5' "" 'report.copy_codes: expected'
rejects '"keep_headers": "Date"' "" 'report.keep_headers: expected a list of'
rejects '"keep_headers": ["A"], "drop_headers": ["B"]' "" \
    'keep_headers: expected no drop_headers beside it'
rejects '"return": "half"' "" 'report.return: expected FULL or HDRS'
rejects '"return": "full\u0000x"' "" 'report.return: expected a string'
rejects "" '"notify": "NEVER,DELAY"' \
    'recipients[0].notify: expected NEVER, or SUCCESS'
rejects "" '"notify": ["NEVER", "DELAY"]' 'notify: '
rejects "" '"fields": {"Queue": "1"}' 'recipient 1: field name "Queue"'

# ---- Nothing due, and what else is -------------------------------------------

refuses 10 '--sender ""' "" 'nothing is due: the return path is null'
says 10 "also due: the postmaster's copy (--copy makes it)"
result "a double bounce: the copy that is due"
refuses 10 '--sender "" --copy-mailbox joe@contoso.com --copy' "" \
    'nothing is due: mail to the postmaster is not copied'
refuses 10 "" '--notify NEVER' "nothing is due: no recipient's NOTIFY"
grep -q 'also due' "$tmp/options.err" && echo "more is due" >>"$bad"
result "no copy of a failure that has none of the codes"
refuses 10 '--action success' "" 'nothing is due: no recipient of the selected'
says 10 'also due: failed (--mixed, or --action failed)'
result "a kind that is not due: the one that is"
with options '--sender "" --copy' ""
pattern='exit 0'
shown '^Subject: .'
shown '!also due'
result "a copy of a double bounce"
with options '--action delayed --copy-codes 5.0.0' \
    '--rcpt ann@contoso.com --action delayed'
pattern='exit 0'
shown "^ndr: also due: the postmaster's copy (--copy --action failed makes it)"
result "the copy of a failure beside the report of a delay"
# The codes that count unless others are given, here and in the library.
for each in 5.4.8 5.4.6 5.4.4 5.2.4 5.2.0 5.1.4 5.1.1; do
    with library "" "--status $each"
    with options '--copy-mailbox audit@example.com' "--status $each"
    cmp "$tmp/options.err" "$tmp/library.err" >>"$bad"
    pattern=$each
    [ $each = 5.1.1 ] || shown 'also due: the postmaster'
done
result "a mailbox for copies leaves their codes as they are"
run options preview --status 5.1.4
grep -q . "$tmp/options.err" && cat "$tmp/options.err" >>"$bad"
result "a preview tells of no copy"

# ---- The envelope ------------------------------------------------------------

with options "--envelope $tmp/envelope --message-id '<1+2@example.com>'" ""
{
    printf 'from <>\nto <jane@example.com>\nnotify NEVER\nsize %d\n' \
        "$(wc -c <"$tmp/options.out")"
    printf 'smtputf8 no\n8bitmime no\nenvid 1+2B2@example.com\nrequiretls no\n'
} | diff - "$tmp/envelope" >>"$bad"
result "the envelope of a plain report"

with options "--envelope $tmp/envelope --8bitmime --return full --copy" ""
for each in 'to <postmaster@mail1.example.com>' '8bitmime no'; do
    grep -qx "$each" "$tmp/envelope" || echo "no $each" >>"$bad"
done
with options "--envelope $tmp/envelope --8bitmime --return full" ""
grep -qx '8bitmime yes' "$tmp/envelope" || echo "no 8bitmime" >>"$bad"
with options "--envelope $tmp/envelope --require-tls --smtputf8" \
    "--status 5.0.0 --rcpt $utf8"
for each in 'smtputf8 yes' '8bitmime yes' 'requiretls yes'; do
    grep -qx "$each" "$tmp/envelope" || echo "no $each" >>"$bad"
done
result "an envelope says what the report needs"

mv "$tmp/envelope" "$tmp/first"
json '"require_tls": true, "smtputf8": true' \
    "\"status\": \"5.0.0\"}, {\"address\": \"$utf8\""
run document build --json "$tmp/document.json" --envelope "$tmp/envelope"
diff "$tmp/first" "$tmp/envelope" >>"$bad"
result "--json has an envelope too"

with options "--envelope $tmp/missing/envelope" ""
says 74 "$tmp/missing/envelope: cannot be opened"
rm "$tmp/envelope"
with options "--envelope $tmp/envelope --sender ''" ""
[ ! -e "$tmp/envelope" ] || echo "an envelope without a report" >>"$bad"
result "no envelope without a report"

# ---- Help --------------------------------------------------------------------

for each in build preview template code reply help; do
    "$ndr" help | grep -q "^  $each " || echo "$each: not in help" >>"$bad"
    "$ndr" help $each >"$tmp/one"
    "$ndr" $each --help >"$tmp/other"
    cmp "$tmp/one" "$tmp/other" >>"$bad" 2>&1
    grep -q "^usage: ndr $each " "$tmp/one" || echo "$each: no help" >>"$bad"
done
"$ndr" --help >"$tmp/one"
"$ndr" help >"$tmp/other"
cmp "$tmp/one" "$tmp/other" >>"$bad"
run options help biuld
says 64 'did you mean build?'
result "help"

finish
