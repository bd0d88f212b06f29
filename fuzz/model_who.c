/* SPDX-License-Identifier: ISC */
/* Who is told of whom: RFC 3461 5.2, twins, copies. */
#include "model.h"

int model_kind(const model_recipient *recipient)
{
    if (recipient->action == NDR_ACTION_FAILED)
        return NDR_ACTIONS_FAILED;
    return recipient->action == NDR_ACTION_DELAYED ? NDR_ACTIONS_DELAYED
                                                   : NDR_ACTIONS_SUCCESS;
}

static int is_due(const model_recipient *recipient)
{
    int notify = recipient->notify;

    switch (model_kind(recipient)) {
    case NDR_ACTIONS_FAILED:
        return notify == 0 || (notify & NDR_NOTIFY_FAILURE) != 0;
    case NDR_ACTIONS_DELAYED:
        return notify == 0 || (notify & NDR_NOTIFY_DELAY) != 0;
    default:
        return (notify & NDR_NOTIFY_SUCCESS) != 0;
    }
}

/* The null return path, or a source route to it. */
int model_has_null_sender(const model *facts)
{
    octets sender = model_unbracketed(facts->sender);

    return sender.length == 0 || sender.at[sender.length - 1] == ':';
}

/* ---- copies ---- */

void model_copy_mailbox(const model *facts, store *out)
{
    octets mailbox = facts->profile.copy_mailbox;
    size_t open;

    if (octets_trim(mailbox).length == 0)
        mailbox = facts->profile.postmaster;
    if (octets_trim(mailbox).length == 0) {
        store_text(out, "postmaster@");
        store_add(out, model_host(facts, facts->profile.server));
        return;
    }
    open = octets_find_byte(mailbox, 0, '<');
    store_add(
        out, model_unbracketed(open < mailbox.length
                                   ? octets_slice(mailbox, open, mailbox.length)
                                   : mailbox));
}

/* RFC 5321 6.1: of a double bounce, not what failed at the postmaster's. */
static int may_copy(const model *facts, const model_recipient *recipient)
{
    store mailbox = {NULL, 0, 0};
    int is_own;

    if (!model_has_null_sender(facts))
        return 1;
    model_copy_mailbox(facts, &mailbox);
    is_own =
        octets_equal_nocase(model_final(recipient), store_octets(&mailbox));
    store_free(&mailbox);
    return recipient->action == NDR_ACTION_FAILED && !is_own;
}

/* Is the code that was given in the list? -1: the code comes from elsewhere. */
static int is_wanted(const model *facts, const model_recipient *recipient)
{
    octets rest = facts->profile.copy_codes, item;
    int any = 0;

    if (rest.at == NULL)
        rest = octets_of("5.4.8, 5.4.6, 5.4.4, 5.2.4, 5.2.0, 5.1.4");
    while (octets_take_item(&rest, &item)) {
        any = 1;
        if (recipient->status.at != NULL &&
            octets_equal(item, recipient->status))
            return 1;
    }
    return any && recipient->status.at == NULL ? -1 : 0;
}

int model_copy_due(const model *facts)
{
    size_t i;
    int due = 0;

    for (i = 0; i < facts->count; i++) {
        const model_recipient *each = &facts->recipients[i];
        int wanted = model_has_null_sender(facts) ? 1 : is_wanted(facts, each);

        if (each->action != NDR_ACTION_FAILED || !may_copy(facts, each))
            continue;
        if (wanted == 1 && !each->is_twin)
            return 1;
        if (wanted != 0)
            due = -1;
    }
    return due;
}

/* ---- twins ---- */

/* An ORCPT that can only be read as it stands. */
static int is_plain(octets orcpt)
{
    return orcpt.length > 7 && orcpt.length < 500 &&
           octets_equal_nocase(octets_slice(orcpt, 0, 7),
                               octets_of("rfc822;")) &&
           octets_is_printable(orcpt) &&
           octets_find_byte(orcpt, 0, '+') == orcpt.length &&
           octets_find_byte(orcpt, 0, '=') == orcpt.length &&
           octets_find_byte(orcpt, 0, ' ') == orcpt.length;
}

static int compare(const model_recipient *a, const model_recipient *b)
{
    store first = {NULL, 0, 0}, second = {NULL, 0, 0};
    int same;

    if (a->action != b->action || a->notify != b->notify)
        return TWIN_NO;
    if ((a->hidden.at == NULL) != (b->hidden.at == NULL))
        return TWIN_NO;
    if (octets_equal(a->address, b->address) &&
        octets_equal(a->hidden, b->hidden) && octets_equal(a->orcpt, b->orcpt))
        return TWIN_YES;
    if (is_plain(a->orcpt) && is_plain(b->orcpt) &&
        !octets_equal(octets_slice(a->orcpt, 7, 500),
                      octets_slice(b->orcpt, 7, 500)))
        return TWIN_NO;
    model_show_ascii(model_unbracketed(a->address), &first);
    model_show_ascii(model_unbracketed(b->address), &second);
    same = octets_equal(octets_trim(store_octets(&first)),
                        octets_trim(store_octets(&second)));
    store_free(&first);
    store_free(&second);
    return same ? TWIN_MAYBE : TWIN_NO;
}

int model_twin(const model *facts, size_t index)
{
    size_t i;
    int best = TWIN_NO;

    for (i = 0; i < index; i++) {
        int twin = compare(&facts->recipients[i], &facts->recipients[index]);

        if (twin > best)
            best = twin;
    }
    return best;
}

/* ---- all of them ---- */

static int is_told(const model *facts, const model_recipient *recipient)
{
    if (recipient->is_twin)
        return 0;
    return facts->copy == NDR_COPY_NONE ? is_due(recipient)
                                        : may_copy(facts, recipient);
}

int model_due(const model *facts)
{
    size_t i;
    int due = 0;

    for (i = 0; i < facts->count; i++)
        if (is_told(facts, &facts->recipients[i]))
            due |= model_kind(&facts->recipients[i]);
    return due;
}

size_t model_order(const model *facts, int actions,
                   const model_recipient **order)
{
    size_t i, count = 0;
    int kind;

    for (kind = NDR_ACTIONS_FAILED; kind <= NDR_ACTIONS_SUCCESS; kind *= 2)
        for (i = 0; i < facts->count && (actions & kind); i++)
            if (is_told(facts, &facts->recipients[i]) &&
                model_kind(&facts->recipients[i]) == kind)
                order[count++] = &facts->recipients[i];
    return count;
}
