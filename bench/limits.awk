# SPDX-License-Identifier: ISC
#
# The tables of limits.sh from limits.tsv; after table.awk. For each scenario and
# each of instructions, octets asked for and octets held: the exponent of the
# least-squares line through the logarithms, that of the last step alone, where
# constants weigh least, and the least-squares line through the figures
# themselves. Ends with an error if instructions or octets asked for pass the
# exponent of 1.15.

BEGIN {
    limit = 1.15
    name[4] = "octets asked for"
    name[5] = "most octets held"
    name[7] = "instructions"
}

{
    if (!($1 in seen)) {
        seen[$1] = 1
        order[++scenarios] = $1
    }
    n = ++sizes[$1]
    size[$1, n] = $2
    for (column = 4; column <= 7; column++)
        value[$1, n, column] = $column
    lines[NR] = $0
}

# Least squares of y over x, of logarithms or plain: slope, base and r2; how many
# points there were, and the slope between the last two.
function fit(scenario, column, logarithms,
             i, n, x, y, sx, sy, sxx, sxy, syy, d, before_x, before_y) {
    for (i = 1; i <= sizes[scenario]; i++) {
        y = value[scenario, i, column]
        x = size[scenario, i]
        if (y == "-" || y <= 0)
            continue
        if (logarithms) {
            x = log(x)
            y = log(y)
        }
        if (n)
            last = (y - before_y) / (x - before_x)
        before_x = x
        before_y = y
        n++
        sx += x; sy += y; sxx += x * x; sxy += x * y; syy += y * y
    }
    if (n < 2)
        return 0
    d = n * sxx - sx * sx
    slope = (n * sxy - sx * sy) / d
    base = (sy - slope * sx) / n
    r2 = n * syy - sy * sy
    r2 = r2 > 0 ? (n * sxy - sx * sy) ^ 2 / (d * r2) : 1
    return n
}

# To three places, without the sign of a zero.
function rounded(number) {
    return sprintf("%.3f", number > -0.0005 && number < 0 ? 0 : number)
}

# One scenario and column as a row; 1 if it grows too fast.
function judge(scenario, column,    exponent, step, bad) {
    if (!fit(scenario, column, 1))
        return 0
    exponent = slope
    step = last
    bad = column != 5 && (exponent > limit || step > limit)
    fit(scenario, column, 0)
    row(scenario "\t" name[column] "\t" rounded(exponent) "\t" \
        rounded(step) "\t" sprintf("%.4g + %.4g n\t%.5f", base, slope, r2) \
        "\t" (bad ? "too fast" : "linear or less"))
    return bad
}

END {
    row("scenario\tsize\toctets of the message\toctets asked for" \
        "\tmost octets held\tseconds\tinstructions")
    for (i = 1; i <= NR; i++) {
        split(lines[i], f, "\t")
        row(f[1] "\t" grouped(f[2]) "\t" grouped(f[3]) "\t" grouped(f[4]) "\t" \
            grouped(f[5]) "\t" f[6] "\t" grouped(f[7]))
    }
    table("limits", "One thing is large")
    row("scenario\twhat\texponent\tlast step\tstraight line\tr2\tgrowth")
    for (i = 1; i <= scenarios; i++)
        for (column = 7; column >= 4; column--)
            if (column != 6)
                failed += judge(order[i], column)
    table("growth", "How it grows: least squares")
    exit failed > 0
}
