# SPDX-License-Identifier: ISC
#
# The tables of peers.sh from peers.tsv; after table.awk. What libndr takes
# stands as it was measured; of the others, how many times that.

BEGIN {
    peers = split("ndr gmime etpan vmime jakarta nodemailer perl-entity " \
        "perl-emime python stdio lb limit memcpy", peer, " ")
    title["gmime"] = "GMime (C)"
    title["etpan"] = "libEtPan (C)"
    title["vmime"] = "VMime (C++)"
    title["jakarta"] = "Jakarta Mail (Java)"
    title["nodemailer"] = "nodemailer (JavaScript)"
    title["perl-entity"] = "MIME::Entity (Perl)"
    title["perl-emime"] = "Email::MIME (Perl)"
    title["python"] = "email (Python)"
    title["stdio"] = "by hand: fprintf"
    title["lb"] = "by hand: one buffer"
    title["limit"] = "by hand: one buffer, SSE2"
    title["memcpy"] = "copy of the finished message"
    title["ndr"] = "libndr"
    workloads = split("w1 w2-1000 w3-10 w4", workload, " ")
    head = "w1\tw2, 1,000 recipients\tw3, 10 MB\tw4"
}

{
    value[$1, $2, $3] = $4
    there[$2] = 1
}

# One row for each peer that took part: ratios of one figure.
function compare(what,    i, j, cells, ours, theirs) {
    row("\t" head)
    for (i = 1; i <= peers; i++) {
        if (!(peer[i] in there))
            continue
        cells = title[peer[i]]
        for (j = 1; j <= workloads; j++) {
            ours = value[workload[j], "ndr", what]
            theirs = value[workload[j], peer[i], what]
            cells = cells "\t" (theirs == "" ? "-" : \
                peer[i] == "ndr" || ours <= 0 ? grouped(theirs) : \
                sprintf(theirs < ours / 10 ? "%.3f" : "%.2f", theirs / ours))
            seen = seen || theirs != ""
        }
        row(cells)
    }
}

# A table without a figure is none: that step was not run.
function finish(name, title) {
    if (!seen)
        row_count = 0
    else
        table(name, title)
    seen = 0
}

function show(what, divisor,    i, j, cells, v) {
    for (i = 1; i <= peers; i++) {
        if (!(peer[i] in there))
            continue
        cells = title[peer[i]]
        for (j = 1; j <= columns; j++) {
            v = value[column[j], peer[i], what]
            cells = cells "\t" (v == "" ? "-" : grouped(v / divisor))
            seen = seen || v != ""
        }
        row(cells)
    }
}

END {
    row("\t" head)
    columns = split("w1 w2-1000 w3-10 w4", column, " ")
    show("bytes", 1)
    finish("peers-octets", "Octets of the message")
    compare("cpu_ns")
    finish("peers-time", "Processor time: libndr in ns, the others divided by" \
        " libndr's")
    compare("instr")
    finish("peers-instructions", "Instructions: libndr's, the others divided" \
        " by libndr's")
    row("\t" head)
    show("allocs", 1)
    finish("peers-allocations", "Allocations of one message")
    row("\tw2, 10 recipients\tw2, 1,000\tw2, 10,000\tw3, 1 MB\tw3, 10 MB" \
        "\tw3, 100 MB")
    columns = split("w2-10 w2-1000 w2-10000 w3-1 w3-10 w3-100", column, " ")
    show("rss_kb", 1)
    finish("peers-memory", "Resident memory above the loaded inputs, KB, first" \
        " message")
}
