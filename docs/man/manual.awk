# SPDX-License-Identifier: ISC
#
# The manual of the library, from the comments of its headers: one page for each
# of their sections, and one of a line for each function that leads there.
#
#     awk -v out=FOLDER -v date="November 25, 2026" -f manual.awk HEADER...
#
# What the comments hold: paragraphs; "@name  text" for a parameter; lines that
# are indented by four or more, which stand as they are; "Word  text" in the
# rules of the whole interface.

BEGIN {
    page["The words: catalogs of system messages"] = "ndr_catalog"
    page["How one server writes reports: profiles"] = "ndr_profile"
    page["One notification: reports"] = "ndr_report"
    page["What became of one recipient"] = "ndr_recipient"
    page["Decisions"] = "ndr_decisions"
    page["Output"] = "ndr_output"
    page["Parts of the trade"] = "ndr_tools"
    order = "libndr ndr_catalog ndr_decisions ndr_output ndr_profile " \
        "ndr_recipient ndr_report ndr_tools ndr_types"
    title["libndr"] = "delivery status notifications for mail systems"
    title["ndr_types"] = "constants and types of libndr"
    header["libndr"] = header["ndr_types"] = "libndr/ndr.h"
    failed = 0
}

function fail(why) {
    print FILENAME ":" FNR ": " why >"/dev/stderr"
    failed = 1
}

function trim(text) {
    sub(/^[ \t]+/, "", text)
    sub(/[ \t]+$/, "", text)
    return text
}

# A line of text as roff takes it.
function roff(text) {
    gsub(/\\/, "\\e", text)
    if (text ~ /^[.']/)
        text = "\\\\&" text
    gsub(/\\\\&/, "\\\\\\&", text)
    return text
}

function put(line) { body[now] = body[now] line "\n" }

# Words, each sentence on a line of its own.
function put_text(text) {
    gsub(/[.] +/, ".\n", text)
    put(roff(text))
}

function end_lists() {
    if (in_literal)
        put(".Ed")
    if (in_list)
        put(".El")
    in_literal = in_list = 0
}

function begin_list() {
    if (in_literal) {
        put(".Ed")
        in_literal = 0
    }
    if (!in_list)
        put(".Bl -tag -width Ds")
    in_list = 1
}

# The lines of the comment at hand, as mdoc.
function put_comment(   i, line, word, gap) {
    in_literal = in_list = gap = 0
    for (i = 1; i <= comments; i++) {
        line = comment[i]
        if (line ~ /^ *$/) {
            gap = 1
            continue
        }
        if (line ~ /^@[a-z_]+ /) {
            begin_list()
            word = substr(line, 2)
            sub(/ .*/, "", word)
            put(".It Ar " word)
            put_text(trim(substr(line, length(word) + 2)))
        } else if (line ~ /^[A-Z][A-Za-z]+  +[^ ]/) {
            begin_list()
            word = line
            sub(/ .*/, "", word)
            put(".It " word)
            put_text(trim(substr(line, length(word) + 1)))
        } else if (in_list && line ~ /^   /) {
            put_text(trim(line))
        } else if (line ~ /^    /) {
            if (!in_literal) {
                end_lists()
                put(".Bd -literal")
                in_literal = 1
            } else if (gap)
                put("")
            put(roff(line))
        } else {
            if (in_list || in_literal)
                end_lists()
            if (gap)
                put(".Pp")
            put_text(line)
        }
        gap = 0
    }
    end_lists()
}

# int name(args); as a function of the synopsis.
function put_function(text,   type, name, args, count, arg, i, line) {
    sub(/^NDR_API */, "", text)
    sub(/ *; *$/, "", text)
    args = text
    sub(/^[^(]*\(/, "", args)
    sub(/\)$/, "", args)
    sub(/\(.*/, "", text)
    match(text, /[a-z0-9_]+$/)
    name = substr(text, RSTART)
    type = trim(substr(text, 1, RSTART - 1))
    count = split(args, arg, /, */)
    line = ".Fn " name
    for (i = 1; i <= count; i++)
        line = line " \"" trim(arg[i]) "\""
    synopsis[now] = synopsis[now] ".Ft \"" type "\"\n" line "\n"
    names[now] = names[now] " " name
    home[name] = now
    put(".Ss " name)
}

# A type, or a constant, as it is declared; the constants of an enumeration each
# with its comment.
function put_type(   i, line, text, word) {
    word = declaration[1]
    sub(/ *\{.*/, "", word)
    if (word ~ /^#define/) {
        split(word, part, " ")
        word = part[2]
    } else if (word ~ /^typedef .*\(\*/) {
        sub(/^[^(]*\(\*/, "", word)
        sub(/\).*/, "", word)
    } else
        sub(/^typedef +/, "", word)
    sub(/;$/, "", word)
    put(".Ss " word)
    put(".Bd -literal")
    for (i = 1; i <= declarations; i++)
        put(roff(declaration[i]))
    put(".Ed")
    put(".Pp")
}

function put_declaration(   text, i) {
    if (comments == 0)
        return
    if (declaration[1] ~ /^NDR_API/) {
        for (i = 1; i <= declarations; i++)
            text = text " " trim(declaration[i])
        put_function(trim(text))
    } else
        put_type()
    put_comment()
    comments = 0
}

# ---- reading -----------------------------------------------------------------

FNR == 1 {
    file = FILENAME
    sub(/.*include\//, "", file)
    now = file == "libndr/ndr.h" ? "libndr" : "ndr_output"
    state = ""
    comments = 0
    first = 1
}

# The comment at the top: the rules of the whole interface.
first && /^\/\*$/ { state = "top"; next }
state == "top" && /^ \*\// {
    if (now == "libndr")
        put_comment()
    comments = 0
    state = ""
    first = 0
    if (now == "libndr")
        now = "ndr_types"
    next
}
state == "top" {
    sub(/^ \* ?/, "")
    if ($0 == "Rules that hold for the whole interface")
        comment[++comments] = "These rules hold for the whole interface:"
    else
        comment[++comments] = $0
    next
}

/^\/\* ---- / {
    text = $0
    sub(/^\/\* -+ /, "", text)
    sub(/ -+ \*\/$/, "", text)
    if (!(text in page))
        fail("a section without a page: " text)
    now = page[text]
    title[now] = text
    header[now] = file
    next
}

state == "" && /^\/\*\*/ {
    comments = 0
    state = "comment"
    sub(/^\/\*\* ?/, "")
    if ($0 == "")
        next
}
state == "comment" {
    done = sub(/ *\*\/$/, "")
    if (!sub(/^ \* ?/, ""))
        sub(/^    /, "")
    if (!done || $0 != "")
        comment[++comments] = $0
    if (done) {
        state = "declaration"
        declarations = 0
    }
    next
}

state == "declaration" {
    declaration[++declarations] = $0
    if ($0 ~ /^#define/ || (declaration[1] ~ /\{/ ? $0 ~ /^\}/ : $0 ~ /;$/)) {
        put_declaration()
        state = ""
    }
    next
}

# ---- writing -----------------------------------------------------------------

function write_page(name, others,   path, count, i, each) {
    path = out "/" name ".3"
    printf ".\\\" SPDX-License-Identifier: ISC\n" >path
    print ".\\\" Made of the comments in the headers." >path
    printf ".Dd %s\n.Dt %s 3\n.Os libndr\n.Sh NAME\n", date, \
        toupper(name) >path
    count = split(names[name], each, " ")
    if (count == 0)
        print ".Nm " name >path
    for (i = 1; i <= count; i++)
        print ".Nm " each[i] (i < count ? " ," : "") >path
    print ".Nd " tolower(substr(title[name], 1, 1)) substr(title[name], 2) >path
    print ".Sh LIBRARY\nlibndr-report, found by pkg-config as libndr-report" \
        >path
    print ".Sh SYNOPSIS" >path
    print ".In libndr/ndr.h" >path
    if (name == "ndr_output")
        print ".In libndr/ndr_file.h" >path
    printf "%s", synopsis[name] >path
    printf ".Sh DESCRIPTION\n%s", body[name] >path
    if (name == "libndr") {
        print ".Sh EXAMPLES\n.Bd -literal" >path
        while ((getline line <example) > 0)
            print roff(line) >path
        close(example)
        print ".Ed" >path
    }
    print ".Sh SEE ALSO" >path
    if (name == "libndr")
        print ".Xr ndr 1 ," >path
    count = split(others, each, " ")
    for (i = 1; i <= count; i++)
        if (each[i] != name)
            print ".Xr " each[i] " 3 ," >path
    print ".Xr ndr-templates 5" >path
    close(path)
}

END {
    pages = split(order, each_page, " ")
    for (i = 1; i <= pages; i++)
        write_page(each_page[i], order)
    for (name in home) {
        print ".so man3/" home[name] ".3" >(out "/" name ".3")
        close(out "/" name ".3")
    }
    exit failed
}
