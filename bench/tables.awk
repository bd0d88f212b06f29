# SPDX-License-Identifier: ISC
#
# The tables of bench.sh from bench.tsv; after table.awk.

# The ratio of each round: both writers had their turn one after the other.
function ratios(workload,    n, i, ours, theirs, list) {
    n = split(value[workload, "ndr", "ns"], ours, " ")
    split(value[workload, "gmime", "ns"], theirs, " ")
    for (i = 1; i <= n; i++)
        list = list " " theirs[i] / ours[i]
    return list
}

function of(workload, writer, what) {
    return value[workload, writer, what]
}

$1 == "-" {
    row_of_machine[++machines] = $3 "\t" $4
    next
}
{
    if (!($1 in seen)) {
        seen[$1] = 1
        order[++count] = $1
    }
    key = $1 SUBSEP $2 SUBSEP $3
    value[key] = $3 == "ns" && key in value ? value[key] " " $4 : $4
    if ($2 == "gmime")
        both = 1
}

END {
    row("what\twith")
    for (i = 1; i <= machines; i++)
        row(row_of_machine[i])
    table("machine", "Measured")

    row("workload\toctets\tlibndr, ns\tGMime, ns\tGMime / libndr\tleast to most")
    for (i = 1; i <= count; i++) {
        w = order[i]
        ours = median(of(w, "ndr", "ns"))
        theirs = grouped(median(of(w, "gmime", "ns")))
        ratio = both ? sprintf("%.2f", median(ratios(w))) : "-"
        row(w "\t" grouped(of(w, "ndr", "octets")) "\t" \
            grouped(ours) "\t" theirs "\t" ratio "\t" \
            (both ? sprintf("%.2f to %.2f", least, most) : "-"))
    }
    table("time", "Processor time of one message; ratio: median of the rounds")

    row("workload\tlibndr\tGMime\tGMime / libndr\tlibndr, each octet")
    for (i = 1; i <= count; i++) {
        w = order[i]
        row(w "\t" grouped(of(w, "ndr", "instructions")) "\t" \
            grouped(of(w, "gmime", "instructions")) "\t" \
            times(of(w, "ndr", "instructions"), \
                of(w, "gmime", "instructions")) "\t" \
            times(of(w, "ndr", "octets"), of(w, "ndr", "instructions")))
    }
    table("instructions", "Instructions of one message")

    row("workload\tlibndr, new\tlibndr, used again\tGMime\tlibndr octets, new" \
        "\tlibndr octets, used again\tGMime octets\tlibndr peak\tGMime peak")
    for (i = 1; i <= count; i++) {
        w = order[i]
        row(w "\t" grouped(of(w, "ndr", "new_calls")) "\t" \
            grouped(of(w, "ndr", "calls")) "\t" \
            grouped(of(w, "gmime", "calls")) "\t" \
            grouped(of(w, "ndr", "new_octets")) "\t" \
            grouped(of(w, "ndr", "octets_asked")) "\t" \
            grouped(of(w, "gmime", "octets_asked")) "\t" \
            grouped(of(w, "ndr", "peak")) "\t" grouped(of(w, "gmime", "peak")))
    }
    table("memory", "Allocations, octets asked for, and most octets held at" \
        " once, for one message")
}
