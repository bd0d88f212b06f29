# SPDX-License-Identifier: ISC
#
# Tables in Markdown, padded to be read on a screen as well. row() takes cells
# parted by tabs, the first row is the head; table() prints what was collected.
# With "only" set, a table of another name is dropped, and no title is printed.

function row(cells) {
    rows[++row_count] = cells
}

function pad(cell, width, left) {
    return sprintf("%" (left ? "-" : "") width "s", cell)
}

function table(name, title,    i, j, n, cells, width, line, columns) {
    if (only != "" && only != name) {
        row_count = 0
        return
    }
    for (i = 1; i <= row_count; i++) {
        n = split(rows[i], cells, "\t")
        if (columns < n)
            columns = n
        for (j = 1; j <= n; j++)
            if (width[j] < length(cells[j]))
                width[j] = length(cells[j])
    }
    if (only == "")
        print "\n" title "\n"
    for (i = 1; i <= row_count; i++) {
        split("", cells)
        split(rows[i], cells, "\t")
        line = "|"
        for (j = 1; j <= columns; j++)
            line = line " " pad(cells[j], width[j], j == 1) " |"
        print line
        if (i == 1) {
            line = "|"
            for (j = 1; j <= columns; j++) {
                n = pad("", width[j] + 1, 0)
                gsub(/ /, "-", n)
                line = line (j == 1 ? n "-|" : n ":|")
            }
            print line
        }
    }
    row_count = 0
}

# 1234567 as 1,234,567; what is no number as it is, nothing as a dash.
function grouped(number,    text, out) {
    if (number == "" || number == "-")
        return "-"
    text = sprintf("%.0f", number)
    while (length(text) > 3) {
        out = "," substr(text, length(text) - 2) out
        text = substr(text, 1, length(text) - 3)
    }
    return text out
}

function times(a, b) {
    return a > 0 && b != "" && b != "-" ? sprintf("%.2f", b / a) : "-"
}

# The median of a list parted by blanks; least and most are those of it.
function median(list,    n, values, i, j, swap) {
    n = split(list, values, " ")
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && values[j - 1] + 0 > values[j] + 0; j--) {
            swap = values[j]
            values[j] = values[j - 1]
            values[j - 1] = swap
        }
    least = values[1]
    most = values[n]
    if (!n)
        return ""
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}
