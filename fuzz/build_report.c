/* SPDX-License-Identifier: ISC */
/* Calls that are about the report, but for its output. */
#include "builder.h"

#include <string.h>

static unsigned result_or(int error)
{
    return MODEL_BIT(NDR_OK) | MODEL_BIT(error);
}

static void call_sender(builder *b)
{
    fuzz_text address = input_text(&b->in);

    if (builder_settle(
            b, "sender",
            ndr_report_set_sender(b->report, address.at, address.length),
            result_or(NDR_E_ADDRESS)))
        b->facts.sender = address.is;
}

static void set_date(builder *b, int (*set)(ndr_report *, int64_t, int32_t),
                     model_date *date)
{
    model_date given = {1, 0, 0};

    input_date(&b->in, &given.seconds, &given.offset);
    if (builder_settle(b, "date", set(b->report, given.seconds, given.offset),
                       model_date_result(given.seconds, given.offset)))
        *date = given;
}

static void call_date(builder *b)
{
    set_date(b, ndr_report_set_date, &b->facts.date);
}

static void call_arrival(builder *b)
{
    set_date(b, ndr_report_set_arrival_date, &b->facts.arrival);
}

static void call_message_id(builder *b)
{
    fuzz_text id = input_text(&b->in);

    if (builder_settle(b, "message id",
                       ndr_report_set_message_id(b->report, id.at, id.length),
                       result_or(NDR_E_FIELD)))
        b->facts.message_id = id.is;
}

static void call_seed(builder *b)
{
    fuzz_text seed = input_text(&b->in);

    builder_settle(b, "seed",
                   ndr_report_set_seed(b->report, seed.at, seed.length),
                   MODEL_BIT(NDR_OK));
}

static void call_subject(builder *b)
{
    fuzz_text subject = input_text(&b->in);

    if (builder_settle(
            b, "subject",
            ndr_report_set_subject(b->report, subject.at, subject.length),
            model_subject(subject.is)))
        b->facts.subject = subject.is;
}

static void call_envelope_id(builder *b)
{
    fuzz_text id = input_text(&b->in);

    if (builder_settle(b, "envelope id",
                       ndr_report_set_envelope_id(b->report, id.at, id.length),
                       MODEL_BIT(NDR_OK)))
        b->facts.envelope_id = id.is;
}

static void call_received_from(builder *b)
{
    fuzz_text helo = input_text(&b->in), address = input_text(&b->in);

    builder_settle(b, "received from",
                   ndr_report_set_received_from(b->report, helo.at, helo.length,
                                                address.at, address.length),
                   MODEL_BIT(NDR_OK));
}

static void call_return(builder *b)
{
    int how_much = (int) input_octet(&b->in);

    if (how_much < 250)
        how_much %= 3;
    if (builder_settle(b, "return", ndr_report_set_return(b->report, how_much),
                       MODEL_BIT(how_much < 3 ? NDR_OK : NDR_E_INVALID)))
        b->facts.how_much = how_much;
}

static void call_transport(builder *b)
{
    int transport = (int) input_octet(&b->in);

    if (transport < 250)
        transport %= 4;
    if (builder_settle(b, "transport",
                       ndr_report_set_transport(b->report, transport),
                       MODEL_BIT(transport < 4 ? NDR_OK : NDR_E_INVALID)))
        b->facts.transport = transport;
}

static void call_original(builder *b)
{
    fuzz_text message = input_text(&b->in);
    unsigned allowed = MODEL_BIT(NDR_OK);

    if (message.at == NULL && message.length > 0)
        allowed = MODEL_BIT(NDR_E_INVALID);
    if (builder_settle(
            b, "original",
            ndr_report_borrow_original(b->report, message.at, message.length),
            allowed)) {
        memset(&b->original, 0, sizeof(b->original));
        b->original.text = message.is;
        b->borrowed = 1;
    }
}

/* A source whose second text is as long as its first. */
static octets stretched(builder *b, octets later, size_t length)
{
    store text = {NULL, 0, 0};
    octets made;

    store_add(&text, octets_slice(later, 0, length));
    while (text.used < length)
        store_byte(&text, later.length > 0 ? later.at[0] : '-');
    made = pool_copy(&b->in.memory, store_octets(&text));
    store_free(&text);
    return made;
}

static void call_source(builder *b)
{
    static const int64_t results[] = {-1,        -1000, -1001, INT32_MIN,
                                      INT64_MIN, 0,     4096,  -999};
    source given;
    ndr_read_at read_at = source_read_at;

    memset(&given, 0, sizeof(given));
    given.kind = (int) input_choice(&b->in, SOURCE_KINDS + 1);
    given.bad_call = input_octet(&b->in) % 16;
    given.result = results[input_choice(&b->in, 8)];
    given.text = input_text(&b->in).is;
    given.later = given.text;
    if (given.kind == SOURCE_CHANGES)
        given.later = stretched(b, input_text(&b->in).is, given.text.length);
    if (given.kind == SOURCE_KINDS)
        read_at = NULL;
    if (given.kind == SOURCE_TOO_MUCH && given.result < 0)
        given.result = 0;
    if (builder_settle(b, "source",
                       ndr_report_borrow_original_source(
                           b->report, read_at, &b->original, given.text.length),
                       MODEL_BIT(read_at == NULL ? NDR_E_INVALID : NDR_OK))) {
        b->original = given;
        b->borrowed = 1;
    }
}

void builder_keep_pair(model_pairs *pairs, fuzz_text name, fuzz_text value)
{
    pairs->of[pairs->count].name = name.is;
    pairs->of[pairs->count].value = value.is;
    pairs->count++;
}

static void call_field(builder *b)
{
    fuzz_text name = input_text(&b->in), value = input_text(&b->in);

    if (b->facts.fields.count < MODEL_PAIRS &&
        builder_settle(b, "field",
                       ndr_report_add_field(b->report, name.at, name.length,
                                            value.at, value.length),
                       model_field(name.is, value.is)))
        builder_keep_pair(&b->facts.fields, name, value);
}

static void call_header(builder *b)
{
    fuzz_text name = input_text(&b->in), value = input_text(&b->in);

    if (b->facts.headers.count < MODEL_PAIRS &&
        builder_settle(b, "header",
                       ndr_report_add_header(b->report, name.at, name.length,
                                             value.at, value.length),
                       model_header(name.is, value.is)))
        builder_keep_pair(&b->facts.headers, name, value);
}

static void call_gateway(builder *b)
{
    fuzz_text host = input_text(&b->in);

    if (builder_settle(b, "gateway",
                       ndr_report_set_gateway(b->report, host.at, host.length),
                       host.is.length > 0 ? result_or(NDR_E_HOST)
                                          : MODEL_BIT(NDR_OK)))
        b->facts.gateway = host.is;
}

static void call_require_tls(builder *b)
{
    int require_tls = (int) (signed char) input_octet(&b->in);

    if (require_tls >= 4 && require_tls < 64)
        require_tls %= 2;
    if (builder_settle(b, "require tls",
                       ndr_report_set_require_tls(b->report, require_tls),
                       MODEL_BIT(require_tls == 0 || require_tls == 1
                                     ? NDR_OK
                                     : NDR_E_INVALID)))
        b->facts.require_tls = require_tls;
}

static void call_reset(builder *b)
{
    model fresh;

    memset(&fresh, 0, sizeof(fresh));
    fresh.profile = b->facts.profile;
    fresh.error = b->profile_error;
    b->facts = fresh;
    b->chosen = NULL;
    b->dead = NULL;
    b->borrowed = 0;
    memset(&b->original, 0, sizeof(b->original));
    ndr_report_reset(b->report, input_octet(&b->in) % 2 ? b->profile : NULL);
}

void builder_call_report(builder *b, unsigned call)
{
    static void (*const calls[])(builder *) = {
        call_sender,  call_date,      call_message_id,  call_seed,
        call_subject, call_arrival,   call_envelope_id, call_received_from,
        call_return,  call_transport, call_original,    call_source,
        call_field};
    static void (*const later[])(builder *) = {call_gateway, call_require_tls,
                                               call_header, builder_call_copy,
                                               builder_call_tell};

    if (call >= CALL_SENDER && call <= CALL_FIELD)
        calls[call - CALL_SENDER](b);
    else if (call == CALL_RESET)
        call_reset(b);
    else if (call >= CALL_GATEWAY && call <= CALL_TELL)
        later[call - CALL_GATEWAY](b);
    else if (call == CALL_NULLS)
        builder_call_nulls(b);
    else
        builder_call_output(b, call);
}
