# SPDX-License-Identifier: ISC
#
# Turns a file of words into lib/words/TAG_data.c:
#
#     LC_ALL=C awk -f catalogs/catalog.awk catalogs/en.msg
#
# The form of the file stands at its beginning. The texts are compiled here into
# the bytes that ndri_template_compile() would make of them; tags are refused,
# since our own words need none. POSIX awk only: the result must be the same
# bytes whichever awk is at hand. A mistake ends in a message and exit status 1,
# with nothing written.

BEGIN {
    placeholder_count = number("recipient recipient_local recipient_domain " \
        "status action reply remote_server generating_server sender subject " \
        "date message_id retry_until time_left postmaster hops size from",
        placeholder, unused)
    label_count = number("language plural direction subject-failed subject-delayed subject-delivered " \
        "subject-relayed subject-expanded no-subject subject-copy copy copy-alone heading-failed " \
        "heading-delayed heading-delivered heading-relayed heading-expanded " \
        "heading-failed-several heading-delayed-several " \
        "heading-delivered-several heading-relayed-several " \
        "heading-expanded-several subject sent server-failed server-delayed " \
        "server-delivered server-relayed server-expanded closing-failed " \
        "closing-delayed closing-delivered closing-relayed closing-expanded " \
        "who who-sender who-sender-admin who-recipient who-recipient-admin " \
        "who-nobody who-join steps not-whole-size not-whole-form not-whole-tls admin " \
        "generating-server rejected-recipient recipient original-recipient " \
        "remote-server status status-derived reply diagnostic retry-until " \
        "attempts headers headers-cut weekdays months date days hours " \
        "minutes duration size", label, label_name)
    number("failed delayed delivered relayed expanded", action, unused)
    number("external internal", audience, unused)
    number("sender sender-admin recipient recipient-admin nobody", mover,
        unused)
    number("status action audience reply-match subject move admin-note",
        header, unused)

    VALUE = "\001"; IF = "\002"; ENDIF = "\003"
    PARAGRAPH = "\004"; BREAK = "\005"; STEP = "\006"
    for (i = 1; i < 256; i++)
        code[sprintf("%c", i)] = i

    text = ""
    between = ""
    depth = 0
    pool_used = 0
    pool_strings = 0
    intern("")
    state = "comments"
}

# ---- The file, line by line --------------------------------------------------

/[\001-\010\013-\037\177]/ || /\t/ { fail("a control character or a tab") }
/ $/ { fail("a blank at the end of the line") }

state == "comments" && (/^#/ || /^$/) { next }

state == "comments" {
    if ($0 !~ /^Labels: [A-Za-z][A-Za-z0-9-]*$/)
        fail("\"Labels: \" and a language tag must come first")
    language = substr($0, 9)
    state = "labels"
    next
}

$0 == "%%" {
    end_block()
    state = "header"
    begin_entry()
    next
}

state == "labels" && /^$/ { next }

state == "labels" {
    at = index($0, ":")
    name = substr($0, 1, at - 1)
    if (at == 0 || !(name in label))
        fail("no such label: " $0)
    if (name in label_text)
        fail("the label " name " stands here twice")
    label_text[name] = compile_line(trim(substr($0, at + 1)))
    next
}

state == "header" && /^$/ {
    end_header()
    state = "text"
    next
}

state == "header" {
    at = index($0, ":")
    name = tolower(substr($0, 1, at - 1))
    if (at == 0 || !(name in header))
        fail("no such header line: " $0)
    if (name in given)
        fail("a second header line " name)
    given[name] = trim(substr($0, at + 1))
    if (given[name] == "")
        fail("an empty header line")
    next
}

# An empty line ends the paragraph; any other goes on with the text.
/^$/ { between = PARAGRAPH; next }

{ add_line($0) }

END {
    if (failed)
        exit 1
    end_block()
    write_all()
}

# ---- Blocks ------------------------------------------------------------------

function end_block(    i) {
    if (state == "comments")
        fail("no words in the file")
    if (state == "labels") {
        for (i = 1; i <= label_count; i++) {
            if (!(label_name[i] in label_text))
                fail("the label " label_name[i] " is missing above")
            label_offset[i] = intern(label_text[label_name[i]])
            label_all = label_all label_text[label_name[i]]
        }
    }
    if (state == "header")
        fail("an entry ends before its text")
    if (state == "text")
        end_entry()
}

function begin_entry(    name) {
    for (name in given)
        delete given[name]
    text = ""
    between = ""
    depth = 0
    entries++
}

function end_header(    key, e) {
    e = entries
    if (!("status" in given))
        fail("an entry without Status")
    pattern[e] = pattern_of(given["status"])
    entry_action[e] = one_of("action", action, "NDR_ACTION_")
    entry_audience[e] = one_of("audience", audience, "NDR_AUDIENCE_")
    entry_move[e] = movers_of(given["move"])
    match_text[e] = given["reply-match"]
    subject_text[e] = compile_line(given["subject"])
    note_text[e] = given["admin-note"]
    key = pattern[e] "/" given["action"] "/" given["audience"] "/" \
        (match_text[e])
    if (key in seen)
        fail("an entry for the same as the one that ends in line " seen[key])
    seen[key] = FNR
}

function end_entry(    e) {
    e = entries
    if (depth > 0)
        fail("{?name} without {/} in the entry above")
    if (text == "")
        fail("an entry without text")
    entry_uses[e] = uses_of(text)
    entry_flags[e] = flags_of(text subject_text[e])
    if (entry_flags[e] == "0" && has_wide_word(text))
        fail("a word of over 72 octets")
    entry_match[e] = intern(match_text[e])
    entry_subject[e] = intern(subject_text[e])
    entry_text[e] = intern(text)
    entry_note[e] = intern(note_text[e])
}

# "5.1.1" as an initialiser of ndri_status: "5, 1, 1".
function pattern_of(status,    part, n, digit) {
    n = split(status, part, ".")
    digit = part[1]
    if (n == 2 && part[2] == "*")
        part[n = 3] = "*"
    if (n != 3 || digit !~ /^[245*]$/ || !is_part(part[2]) ||
        !is_part(part[3]) || (part[2] == "*" && part[3] != "*") ||
        (digit == "*" && part[3] == "*"))
        fail("Status is none of X.Y.Z, *.Y.Z, X.Y.*, X.*: " status)
    return (digit == "*" ? 0 : digit) ", " part_of(part[2]) ", " \
        part_of(part[3])
}

function is_part(text) {
    return text == "*" || text ~ /^(0|[1-9][0-9]?[0-9]?)$/
}

function part_of(text) {
    return text == "*" ? "NDRI_STATUS_ANY" : text
}

function one_of(name, values, prefix) {
    if (!(name in given))
        return "0"
    if (!(given[name] in values))
        fail("an unknown " name ": " given[name])
    return constant(prefix, given[name]) " + 1"
}

# The names of movers, parted by blanks.
function movers_of(text,    item, n, i, all) {
    n = split(text, item, ",")
    if (n > 4)
        fail("more than four movers")
    for (i = 1; i <= n; i++) {
        item[i] = trim(item[i])
        if (!(item[i] in mover))
            fail("an unknown mover: " item[i])
        all = all (i > 1 ? " " : "") constant("NDRI_MOVER_", item[i])
    }
    return all
}

# ---- Texts -------------------------------------------------------------------

# A text that is one line; leaves none begun.
function compile_line(source,    compiled) {
    add_inline(source)
    if (depth > 0)
        fail("{?name} without {/}")
    compiled = text
    text = ""
    return compiled
}

function add_line(source) {
    if (source ~ /^ /)
        fail("a blank at the beginning of the line")
    if (source ~ /^[0-9][0-9]?[0-9]?\. /) {
        sub(/^[0-9]+\. /, "", source)
        text = text STEP
        between = ""
    } else if (text != "" && between == "") {
        between = BREAK
    }
    add_inline(source)
}

function add_inline(source,    at) {
    if (source ~ /[<&]/)
        fail("\"<\" or \"&\": these words use no tags")
    while ((at = index(source, "{")) > 0) {
        add_text(substr(source, 1, at - 1))
        source = substr(source, at)
        source = substr(source, add_brace(source) + 1)
    }
    add_text(source)
}

# What parts the text to come from the text before is written when it comes.
function add_text(more) {
    if (more == "")
        return
    if (text != "")
        text = text between
    text = text more
    between = ""
}

# "{{", "{/}", "{?name}" or "{name}" begins source: its length.
function add_brace(source,    end, name) {
    if (source ~ /^\{\{/) {
        add_text("{")
        return 2
    }
    end = index(source, "}")
    name = substr(source, 2, end - 2)
    if (end == 0)
        fail("\"{\" without \"}\"; a brace is written \"{{\"")
    if (name == "/") {
        if (depth-- == 0)
            fail("{/} without {?name}")
        text = text ENDIF
        return end
    }
    if (name ~ /^\?/) {
        if (++depth > 16)
            fail("more than 16 conditions within each other")
        add_text(IF sprintf("%c", 32 + placeholder_of(substr(name, 2))))
    } else {
        add_text(VALUE sprintf("%c", 32 + placeholder_of(name)))
    }
    return end
}

function placeholder_of(name) {
    if (!(name in placeholder))
        fail("no such placeholder: " name)
    return placeholder[name] - 1
}

# Bits of ndri_template_uses().
function uses_of(compiled,    i, c, used, bit, sum) {
    for (i = 1; i < length(compiled); i++) {
        c = substr(compiled, i, 1)
        if (c == VALUE || c == IF)
            used[code[substr(compiled, ++i, 1)] - 32] = 1
    }
    bit = 1
    sum = 0
    for (i = 0; i < placeholder_count; i++) {
        if (i in used)
            sum += bit
        bit *= 2
    }
    return sum
}

# What a text needs: letters beyond ASCII, most of them beyond Latin, as
# finish_entry() has it. Octets: one is the first of a character if it is below
# 0200 or above 0277, and of one beyond Latin if it is above 0315.
function flags_of(octets,    copy, all, foreign) {
    if (octets !~ /[\200-\377]/)
        return "0"
    copy = octets
    all = gsub(/[^\200-\277]/, "", copy)
    foreign = gsub(/[\316-\377]/, "", octets)
    return foreign * 2 > all ? "NDRI_ENTRY_UTF8 | NDRI_ENTRY_NONLATIN" : \
        "NDRI_ENTRY_UTF8"
}

function has_wide_word(compiled,    i, from) {
    for (i = 1; i <= length(compiled); i++) {
        if (code[substr(compiled, i, 1)] <= 32)
            from = i
        else if (i - from > 72)
            return 1
    }
    return 0
}

# ---- Small things ------------------------------------------------------------

# Number the words of a list from 1: words[n] = word, values[word] = n.
function number(list, values, words,    n, i) {
    n = split(list, words, " ")
    for (i = 1; i <= n; i++)
        values[words[i]] = i
    return n
}

function constant(prefix, name) {
    gsub(/-/, "_", name)
    return prefix toupper(name)
}

function trim(string) {
    gsub(/^ +| +$/, "", string)
    return string
}

# The offset of a string in the pool; equal strings are kept once.
function intern(string) {
    if (!(string in offset)) {
        offset[string] = pool_used
        pool[pool_strings++] = string
        pool_used += length(string) + 1
    }
    return offset[string]
}

# exit leads to END, which ends there.
function fail(what) {
    if (!failed)
        print FILENAME ":" FNR ": " what | "cat 1>&2"
    close("cat 1>&2")
    failed = 1
    exit 1
}

# ---- The C file --------------------------------------------------------------

# Put one more item on the line at hand, within 80 columns.
function put(item) {
    if (line != "" && length(line) + length(item) + 1 > 80)
        end_line()
    line = line (line == "" ? indent : " ") item
}

function end_line() {
    if (line != "")
        print line
    line = ""
}

# A string of the pool as it can stand in a literal, broken into lines.
function write_string(string, last,    i, n, c, piece) {
    piece = ""
    n = length(string)
    for (i = 1; i <= n; i++) {
        c = substr(string, i, 1)
        if (length(piece) > 66 && (code[c] < 128 || code[c] > 191)) {
            print "     \"" piece "\""
            piece = ""
        }
        if (c == "\"" || c == "\\" || c == "?")
            piece = piece "\\" c
        else if (code[c] < 32)
            piece = piece sprintf("\\%03o", code[c])
        else
            piece = piece c
    }
    print "     \"" piece (last ? "\"," : "\\0\"")
}

# The pool is a row of literals of a length that every compiler takes, each of
# whole strings; the NUL of its last string is the literal's own.
function write_pool(    i, size, count, first, j) {
    print "static const struct {"
    for (i = 0; i < pool_strings; i = j) {
        size = 0
        for (j = i; j < pool_strings; j++) {
            if (j > i && size + length(pool[j]) + 1 > 4000)
                break
            size += length(pool[j]) + 1
        }
        first[count++] = i
        print "    char part" count "[" size "];"
    }
    print "} " prefix "_pool = {"
    first[count] = pool_strings
    for (i = 0; i < count; i++)
        for (j = first[i]; j < first[i + 1]; j++)
            write_string(pool[j], j + 1 == first[i + 1])
    print "};"
}

function write_entry(e,    item, n, i) {
    indent = "    "
    put("{{" pattern[e] "},")
    indent = "     "
    put(entry_action[e] ",")
    put(entry_audience[e] ",")
    put(entry_flags[e] ",")
    end_line()
    n = split(entry_move[e], item, " ")
    if (n == 0)
        item[n = 1] = "NDRI_MOVER_END"
    for (i = 1; i <= n; i++)
        put((i == 1 ? "{" : "") item[i] (i == n ? "}," : ","))
    end_line()
    put(sprintf("0x%xu,", entry_uses[e]))
    put(intern(language) ",")
    put(entry_match[e] ",")
    put(entry_subject[e] ",")
    put(entry_text[e] ",")
    put(entry_note[e] "},")
    end_line()
}


function write_all(    i) {
    intern(language)
    prefix = tolower(language)
    gsub(/-/, "_", prefix)
    i = FILENAME
    sub(/.*\//, "", i)
    print "/* SPDX-License-Identifier: ISC */"
    print "/* Generated by catalogs/catalog.awk from catalogs/" i ". */"
    print "#include \"words/languages.h\""
    print ""
    print "#if NDRI_WITH_" toupper(prefix)
    write_pool()
    print ""
    print "static const ndri_entry " prefix "_entries[] = {"
    for (i = 1; i <= entries; i++)
        write_entry(i)
    print "};"
    print ""
    print "static const uint32_t " prefix "_labels[NDRI_LABEL_COUNT] = {"
    for (i = 1; i <= label_count; i++)
        print "    [" constant("NDRI_LABEL_", label_name[i]) "] = " \
            label_offset[i] ","
    print "};"
    print ""
    print "const ndri_words ndri_words_" prefix " = {"
    print "    (const char *) &" prefix "_pool, " prefix "_entries,"
    print "    sizeof(" prefix "_entries) / sizeof(" prefix "_entries[0]),"
    print "    " prefix "_labels, \"" language "\", " flags_of(label_all) "};"
    print "#endif"
}
