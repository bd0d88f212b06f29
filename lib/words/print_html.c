/* SPDX-License-Identifier: ISC */
/*
 * The HTML printer: a table says what stands before and after each block.
 *
 * For mail programs, which throw style sheets, html and body away: every colour
 * is inline, language and direction stand on the outermost div too, and the
 * style sheet only adds dark mode, narrow edges and print. No script, no image,
 * nothing is fetched; the administrator section folds with details. A value is
 * escaped and kept in its own direction; only templates make links.
 */
#include "base/octets.h"
#include "words/prose.h"

#include <string.h>

#define FONT                                                                   \
    "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,"        \
    "sans-serif"
#define MONO "ui-monospace,Consolas,Menlo,monospace"
#define ROW "<p style=\"display:flex;flex-wrap:wrap;margin:0;padding:3px 0\">"
#define LABEL(width)                                                           \
    "<span class=\"soft\" style=\"flex:0 0 " width "px;color:#56616d\">"
#define ROW_END "</span></p>\r\n"
#define SECTION                                                                \
    "<div class=\"rule\" style=\"padding:22px 6% 26px;border-top:1px solid "   \
    "#e5e9ee\">\r\n"

#define TEXT(literal)                                                          \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

typedef struct frame {
    ndri_span before;
    ndri_span after;
} frame;

static const frame frames[NDRI_BLOCK_COUNT] = {
    [NDRI_BLOCK_DOCUMENT] = {TEXT(""),
                             TEXT(
                                 "</div>\r\n</div>\r\n</body>\r\n</html>\r\n")},
    [NDRI_BLOCK_ORGANISATION] =
        {TEXT("<p class=\"soft\" style=\"margin:0;padding:"
              "18px 6% 0;font-size:14px;color:#56616d\">"),
         TEXT("</p>\r\n")},
    [NDRI_BLOCK_LANGUAGE] = {TEXT(""), TEXT("</div>\r\n")},
    [NDRI_BLOCK_LANGUAGE_TITLE] =
        {TEXT("<p class=\"soft rule\" style=\"margin:0;padding:18px 6% 0;"
              "border-top:1px solid #e5e9ee;font-size:14px;color:#56616d\">"),
         TEXT("</p>\r\n")},
    [NDRI_BLOCK_FACTS] = {TEXT("<div style=\"padding:0 6% 20px;font-size:15px;"
                               "line-height:1.45\">\r\n"),
                          TEXT("</div>\r\n")},
    [NDRI_BLOCK_FACT] = {TEXT(ROW LABEL("84")), TEXT(ROW_END)},
    [NDRI_BLOCK_GROUP] = {TEXT(SECTION), TEXT("</div>\r\n")},
    [NDRI_BLOCK_ADDRESS] =
        {TEXT("<h2 class=\"ink\" style=\"margin:0 0 8px;font-size:18px;"
              "line-height:1.35;font-weight:650;color:#16202a;"
              "overflow-wrap:anywhere\">"),
         TEXT("</h2>\r\n")},
    [NDRI_BLOCK_REASON] = {TEXT(""), TEXT("")},
    [NDRI_BLOCK_PARAGRAPH] = {TEXT("<p style=\"margin:0 0 10px\">"),
                              TEXT("</p>\r\n")},
    [NDRI_BLOCK_MOVE] = {TEXT(""), TEXT("</p>\r\n")},
    [NDRI_BLOCK_STEPS] = {TEXT(""), TEXT("</ol>\r\n")},
    [NDRI_BLOCK_STEPS_TITLE] =
        {TEXT("<h3 class=\"ink\" style=\"margin:18px 0 6px;font-size:16px;"
              "font-weight:650;color:#16202a\">"),
         TEXT(
             "</h3>\r\n<ol style=\"margin:0 0 10px;padding-inline-start:24px\">"
             "\r\n")},
    [NDRI_BLOCK_STEP] = {TEXT("<li style=\"margin:0 0 6px\">"),
                         TEXT("</li>\r\n")},
    [NDRI_BLOCK_NOTE] =
        {TEXT("<p class=\"soft\" style=\"margin:0;padding:18px 6%;"
              "color:#56616d\">"),
         TEXT("</p>\r\n")},
    [NDRI_BLOCK_ADMIN] =
        {TEXT("<div class=\"rule\" style=\"padding:14px 6% 20px;border-top:1px "
              "solid #e5e9ee;font-size:14px\">\r\n<details>\r\n"),
         TEXT("</details>\r\n</div>\r\n")},
    [NDRI_BLOCK_ADMIN_TITLE] =
        {TEXT("<summary class=\"ink\" style=\"padding:8px 0;cursor:pointer;"
              "font-size:15px;font-weight:650;color:#16202a\">"),
         TEXT("</summary>\r\n")},
    [NDRI_BLOCK_FIELDS] =
        {TEXT("<div style=\"margin:8px 0 14px;line-height:1.5\">"
              "\r\n"),
         TEXT("</div>\r\n")},
    [NDRI_BLOCK_FIELD] = {TEXT(ROW LABEL("176")), TEXT(ROW_END)},
    [NDRI_BLOCK_ATTEMPTS] = {TEXT(""), TEXT("")},
    [NDRI_BLOCK_ATTEMPTS_TITLE] = {TEXT("<p class=\"soft\" style=\"margin:0;"
                                        "padding:3px 0;color:#56616d\">"),
                                   TEXT("</p>\r\n")},
    [NDRI_BLOCK_ATTEMPT] = {TEXT(
                                "<p style=\"margin:0;padding-inline-start:16px;"
                                "overflow-wrap:anywhere\">"),
                            TEXT("</p>\r\n")},
    [NDRI_BLOCK_ATTEMPT_TEXT] = {TEXT("<p "
                                      "style=\"margin:0;padding-inline-start:"
                                      "32px;overflow-wrap:anywhere;"
                                      "font:13px/1.5 " MONO "\">"),
                                 TEXT("</p>\r\n")},
    [NDRI_BLOCK_HEADERS_TITLE] =
        {TEXT("<h3 class=\"soft\" style=\"margin:14px 0 6px;font-size:14px;"
              "font-weight:400;color:#56616d\">"),
         TEXT("</h3>\r\n")},
    [NDRI_BLOCK_HEADERS] = {TEXT("<pre class=\"raw\" dir=\"ltr\" "
                                 "style=\"margin:0 0 8px;padding:12px "
                                 "14px;background:#f3f5f7;border:1px solid "
                                 "#e5e9ee;border-radius:6px;"
                                 "color:#27303a;font:13px/1.5 " MONO
                                 ";white-space:pre-wrap;"
                                 "overflow-wrap:anywhere\">"),
                            TEXT("</pre>\r\n")},
    [NDRI_BLOCK_HEADER_LINE] = {TEXT(""), TEXT("\r\n")},
};

static const char head[] =
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    "\r\n<meta name=\"color-scheme\" content=\"light dark\">\r\n"
    "<style>\r\n"
    ":root { color-scheme: light dark; }\r\n"
    "@media (max-width: 480px) {\r\n"
    ".page { padding: 0 !important; }\r\n"
    ".card { border-width: 0 0 1px !important; border-radius: 0 !important; }"
    "\r\n.h1 { font-size: 23px !important; }\r\n"
    "}\r\n"
    "@media (prefers-color-scheme: dark) {\r\n"
    ".page { background: #14171c !important; color: #e4e7eb !important; }\r\n"
    ".card { background: #1d2127 !important; border-color: #343b45 !important; "
    "}\r\n.rule { border-color: #343b45 !important; }\r\n"
    ".ink { color: #f3f5f7 !important; }\r\n"
    ".soft { color: #a9b3bf !important; }\r\n"
    ".move { background: #2c2616 !important; color: #f1e6cf !important; }\r\n"
    ".calm { background: #272e37 !important; color: #e4e7eb !important; }\r\n"
    ".link { color: #8ab8ff !important; }\r\n"
    ".raw { background: #14171c !important; border-color: #343b45 !important; "
    "color: #ccd3db !important; }\r\n"
    "}\r\n"
    "@media print { .card { border: 0 !important; } }\r\n"
    "</style>\r\n</head>\r\n"
    "<body class=\"page\" style=\"margin:0;padding:0;background:#f3f5f7\">\r\n";

/* Characters that would be markup, as character references. */
static const ndri_span references[] = {['<'] = TEXT("&lt;"),
                                       ['>'] = TEXT("&gt;"),
                                       ['&'] = TEXT("&amp;"),
                                       ['"'] = TEXT("&quot;"),
                                       ['\''] = TEXT("&#39;")};

static void html_escape(ndri_prose *prose, ndri_span text)
{
    size_t at = 0;

    while (at < text.length) {
        size_t to = ndri_octets_find_markup(text, at);

        ndri_buf_add(prose->out, ndri_span_slice(text, at, to));
        if (to < text.length)
            ndri_buf_add(prose->out, references[(unsigned char) text.at[to]]);
        at = to + 1;
    }
}

static inline void html_put(ndri_prose *prose, const char *markup)
{
    ndri_buf_add_text(prose->out, markup);
}

static void language(ndri_prose *prose)
{
    html_put(prose, " lang=\"");
    html_put(prose, prose->language);
    html_put(prose, prose->rtl ? "\" dir=\"rtl\"" : "\" dir=\"ltr\"");
}

static void open_language(ndri_prose *prose)
{
    html_put(prose, "<div");
    language(prose);
    html_put(prose, ">\r\n");
}

/* One h1 a document. */
static void open_heading(ndri_prose *prose)
{
    html_put(prose, "<div style=\"padding:26px 6% 14px\">\r\n");
    html_put(prose, prose->headed ? "<h2" : "<h1");
    html_put(prose, " class=\"h1 ink\" style=\"margin:0;font-size:26px;"
                    "line-height:1.25;font-weight:650;color:#16202a\">");
}

static void close_heading(ndri_prose *prose)
{
    html_put(prose, prose->headed ? "</h2>" : "</h1>");
    html_put(prose, "\r\n</div>\r\n");
    prose->headed = 1;
}

static void open_document(ndri_prose *prose)
{
    html_put(prose, "<!DOCTYPE html>\r\n<html");
    language(prose);
    html_put(prose, ">\r\n<head>\r\n<meta charset=\"utf-8\">\r\n<title>");
    html_escape(prose, prose->title);
    html_put(prose, "</title>\r\n");
    html_put(prose, head);
    html_put(prose, "<div class=\"page\"");
    language(prose);
    html_put(prose, " style=\"padding:28px 2%;background:#f3f5f7;color:#27303a;"
                    "font:16px/1.55 " FONT ";text-align:start\">\r\n"
                    "<div class=\"card\" style=\"max-width:640px;margin:0 auto;"
                    "background:#ffffff;border:1px solid #dce1e7;"
                    "border-radius:12px;overflow:hidden");
    if (prose->accent.length > 0) {
        html_put(prose, ";border-top:4px solid ");
        ndri_buf_add(prose->out, prose->accent);
    }
    html_put(prose, "\">\r\n");
}

/* Amber where somebody has to act, grey where nobody has: garnish, the words
   say it. */
static void open_move(ndri_prose *prose)
{
    html_put(prose,
             prose->calm
                 ? "<p class=\"calm\" style=\"margin:0 0 18px;padding:10px "
                   "14px;background:#eef2f6;border-inline-start:4px solid "
                   "#7c8b9c;border-radius:4px;color:#27303a\">"
                 : "<p class=\"move\" style=\"margin:0 0 18px;padding:10px "
                   "14px;background:#fff7e3;border-inline-start:4px solid "
                   "#c98a12;border-radius:4px;color:#3d3117\">");
}

static void html_open(ndri_prose *prose, int block)
{
    if (block == NDRI_BLOCK_DOCUMENT)
        open_document(prose);
    else if (block == NDRI_BLOCK_LANGUAGE)
        open_language(prose);
    else if (block == NDRI_BLOCK_HEADING)
        open_heading(prose);
    else if (block == NDRI_BLOCK_MOVE)
        open_move(prose);
    else
        ndri_buf_add(prose->out, frames[block].before);
    if (block == NDRI_BLOCK_HEADERS)
        prose->verbatim = 1;
}

static void html_close(ndri_prose *prose, int block)
{
    if (block == NDRI_BLOCK_HEADING)
        close_heading(prose);
    else
        ndri_buf_add(prose->out, frames[block].after);
    if (block == NDRI_BLOCK_HEADERS)
        prose->verbatim = 0;
}

/* A value keeps its own direction, and does not turn the text around it. */
static void html_value(ndri_prose *prose, ndri_span held)
{
    if (prose->verbatim) {
        html_escape(prose, held);
        return;
    }
    html_put(prose, "<bdi>");
    html_escape(prose, held);
    html_put(prose, "</bdi>");
}

static void open_link(ndri_prose *prose, ndri_span address)
{
    html_put(prose, "<a class=\"link\" style=\"color:#0b57c2\" href=\"");
    html_escape(prose, address);
    html_put(prose, "\">");
}

static void html_mark(ndri_prose *prose, int what, ndri_span address)
{
    static const ndri_span markup[] = {
        [NDRI_INLINE_BREAK] = TEXT("<br>"),
        [NDRI_INLINE_BOLD] = TEXT("<b>"),
        [NDRI_INLINE_BOLD_END] = TEXT("</b>"),
        [NDRI_INLINE_EM] = TEXT("<em>"),
        [NDRI_INLINE_EM_END] = TEXT("</em>"),
        [NDRI_INLINE_LINK] = TEXT(""),
        [NDRI_INLINE_LINK_END] = TEXT("</a>"),
        [NDRI_INLINE_LABEL] = TEXT(""), /* its block opened it */
        [NDRI_INLINE_LABEL_END] =
            TEXT("</span> <span style=\"flex:1 1 210px;min-width:0;"
                 "overflow-wrap:anywhere\">"),
    };

    if (what == NDRI_INLINE_LINK)
        open_link(prose, address);
    else
        ndri_buf_add(prose->out, markup[what]);
}

const ndri_printer ndri_print_html = {html_open, html_close, html_escape,
                                      html_value, html_mark};
