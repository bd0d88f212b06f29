/* SPDX-License-Identifier: ISC */
/* Values that hold what has to stay hidden, in every place that takes one. They
   are ordinary calls whose octets are made here. */
#include "builder.h"

enum { TELL_UPPER = 1, TELL_XTEXT = 2, TELL_HOST = 4, TELL_WORD = 8 };

/* One octet for kind and two for length; see input.h. */
static void put_text(store *calls, octets text)
{
    if (text.length > 0xFFFF)
        text.length = 0xFFFF;
    store_byte(calls, 0xF8);
    store_byte(calls, (int) (text.length >> 8));
    store_byte(calls, (int) (text.length & 255));
    store_add(calls, text);
}

static void make_call(builder *b, unsigned call, store *octets_of_call)
{
    octets rest = b->in.rest;

    b->in.rest = store_octets(octets_of_call);
    if (!builder_call_recipient(b, call))
        builder_call_report(b, call);
    b->in.rest = rest;
    store_free(octets_of_call);
}

/* Texts that stand before and after what is told; NULL: there are none. */
typedef struct place {
    unsigned call;
    const char *first; /* a text of the call before the one that tells */
    const char *before, *after;
    int tells; /* what may stand there */
} place;

static const place places[] = {
    {CALL_REPLY, NULL, "550 5.1.1 <", "> unknown", 3},
    {CALL_DIAGNOSTIC, "X-Local", "no ", "", 3},
    {CALL_LOG_ID, NULL, "", " 4d3F", 3},
    {CALL_RECIPIENT_FIELD, "X-Told", "it is ", ".", 3},
    {CALL_FIELD, "X-Told", "it is <", ">", 3},
    {CALL_ORIGINAL, NULL, "Received: from x by\r\n y\r\nReceived: by ",
     "\r\nSubject: x\r\n\r\nx\r\n", 3},
    {CALL_HEADER, "List-Told", "it is ", "", 1},
    {CALL_ORCPT, NULL, "rfc822;", "", 1},
    {CALL_TEXT, NULL, "Own words: ", ".", 1},
    {CALL_SUBJECT, NULL, "Of ", "", 1},
    {CALL_MESSAGE_ID, NULL, "x.", "", 1},
    {CALL_ENVELOPE_ID, NULL, "", "", 1},
    {CALL_ORIGINAL, NULL,
     "X-To: x\r\nDelivered-To: ", "\r\nSubject: x\r\n\r\nx\r\n", 1},
    {CALL_ORIGINAL, NULL, "Subject: =?us-ascii?Q?x_", "?=\r\nTo: x\r\n\r\n", 1},
    {CALL_REMOTE, NULL, "", "", 2},
    {CALL_RECEIVED_FROM, NULL, "", "", 2},
    {CALL_GATEWAY, NULL, "", "", 2}};

static octets secret(unsigned how, const place *where)
{
    octets told = octets_of(SECRET_ADDRESS);

    if (how & TELL_HOST) {
        return octets_of(how & TELL_UPPER ? "MX7Q.Corp.EXAMPLE" : HOST_NAME);
    }
    if (how & TELL_UPPER)
        told = octets_of("QZ7secret@qz7SECRET.example");
    if ((how & TELL_XTEXT) &&
        (where->call == CALL_ORCPT || where->call == CALL_ENVELOPE_ID))
        told = octets_of(SECRET "+40" SECRET ".example");
    return told;
}

/* An attempt has the host, and what it says. */
static void tell_attempt(builder *b, unsigned how, octets words)
{
    store call = {NULL, 0, 0}, text = {NULL, 0, 0};

    store_text(&text, "550 5.1.1 ");
    store_add(&text, words);
    put_text(&call, octets_of(how & TELL_HOST ? HOST_NAME : "mx.example.net"));
    put_text(&call, octets_of("192.0.2.1"));
    put_text(&call, store_octets(&text));
    store_byte(&call, 32);
    store_byte(&call, 0);
    store_byte(&call, 0x6B);
    store_byte(&call, (int) how);
    store_byte(&call, 0);
    store_byte(&call, 0);
    store_free(&text);
    make_call(b, CALL_ATTEMPT, &call);
}

void builder_call_tell(builder *b)
{
    const unsigned count = sizeof(places) / sizeof(places[0]);
    unsigned which = input_choice(&b->in, count + 1);
    unsigned how = input_octet(&b->in);
    const place *where = &places[which % count];
    octets word = input_text(&b->in).is, told;
    store call = {NULL, 0, 0}, text = {NULL, 0, 0};

    if (which == count) {
        tell_attempt(b, how, secret(how, where));
        return;
    }
    if (!(where->tells & (how & TELL_HOST ? TELLS_HOST : TELLS_ADDRESS)))
        how ^= TELL_HOST;
    told = secret(how, where);
    store_text(&text, where->before);
    if (how & TELL_WORD) {
        store_add(&text, word);
        store_byte(&text, ' ');
    }
    store_add(&text, told);
    store_text(&text, where->after);
    if (where->first != NULL)
        put_text(&call, octets_of(where->first));
    put_text(&call, store_octets(&text));
    if (where->tells == TELLS_HOST)
        put_text(&call, octets_of("192.0.2.9"));
    store_free(&text);
    make_call(b, where->call, &call);
}
