/* SPDX-License-Identifier: ISC */
/* Memory, sources and resolvers of a caller's. */
#include "misbehave.h"

#include <stdlib.h>
#include <string.h>

#define HEAD 16u /* octets before a block, for its size */

static int runs_out(guard *memory)
{
    memory->calls++;
    if (memory->fail_at == 0 || memory->calls < memory->fail_at ||
        (memory->calls > memory->fail_at && !memory->fails_on))
        return 0;
    memory->failed = 1;
    return 1;
}

void *guard_reallocate(void *user, void *old, size_t old_size, size_t size)
{
    guard *memory = user;
    char *block = NULL;
    size_t before = 0;

    if (old != NULL) {
        memcpy(&before, (char *) old - HEAD, sizeof(before));
        if (before != old_size)
            fuzz_fail("an allocation is told a wrong size", octets_of(""));
    }
    if (size > 0) {
        if (runs_out(memory))
            return NULL;
        block = malloc(HEAD + size);
        if (block == NULL)
            abort();
        memcpy(block, &size, sizeof(size));
        memory->blocks++;
        memset(block + HEAD, memory->fill, size);
        if (old != NULL)
            memcpy(block + HEAD, old, before < size ? before : size);
    }
    if (old != NULL) {
        free((char *) old - HEAD);
        memory->blocks--;
    }
    return block == NULL ? NULL : block + HEAD;
}

int64_t source_read_at(void *user, uint64_t offset, void *buffer, size_t size)
{
    source *from = user;
    octets text = from->turned ? from->later : from->text;
    int is_bad = ++from->calls >= from->bad_call && from->bad_call > 0;

    if (offset >= text.length)
        return 0;
    if (size > text.length - offset)
        size = (size_t) (text.length - offset);
    if (is_bad && from->kind == SOURCE_FAILS)
        return from->result;
    if (is_bad && from->kind == SOURCE_ENDS)
        return 0;
    if (is_bad && from->kind == SOURCE_TOO_MUCH)
        return (int64_t) size + 1 + from->result;
    if (from->kind == SOURCE_SHORT && size > from->bad_call)
        size = from->bad_call + 1;
    memcpy(buffer, text.at + offset, size);
    return (int64_t) size;
}

/* Every getter, whatever the kind. */
static void look(const ndr_query *query)
{
    octets status = octets_of(ndr_query_status(query));

    if (status.length < 5 || octets_find_byte(status, 0, '.') != 1)
        fuzz_fail("a query's status", status);
    if (ndr_query_language(query)[0] == '\0')
        fuzz_fail("a query's language", status);
    if (!octets_is_ascii(octets_of(ndr_query_reply(query))))
        fuzz_fail("a query's reply", octets_of(ndr_query_reply(query)));
    if (ndr_query_action(query) < 0 ||
        ndr_query_action(query) > NDR_ACTION_EXPANDED ||
        (ndr_query_audience(query) != NDR_AUDIENCE_EXTERNAL &&
         ndr_query_audience(query) != NDR_AUDIENCE_INTERNAL))
        fuzz_fail("a query's numbers", status);
}

static void answer_with(ndr_answer *answer, const fuzz_text *entry)
{
    int error = ndr_answer_set_entry(answer, entry->at, entry->length);

    if (error != NDR_OK && error != NDR_E_NOMEM && error != NDR_E_INVALID &&
        error != NDR_E_TEXT && error != NDR_E_TEMPLATE)
        fuzz_fail("the result of ndr_answer_set_entry", entry->is);
}

int resolver_answer(void *user, const ndr_query *query, ndr_answer *answer)
{
    resolver *mine = user;
    static const char fine[] = "Move: sender\n\n{recipient}: <b>{status}</b>\n";

    look(query);
    switch (mine->kind) {
    case RESOLVER_ANSWERS:
        return ndr_answer_set_entry(answer, fine, NDR_NUL);
    case RESOLVER_FORGETS:
        return NDR_OK;
    case RESOLVER_FAILS:
        return mine->result;
    case RESOLVER_GARBAGE:
        answer_with(answer, &mine->entry);
        return NDR_OK;
    case RESOLVER_TWICE:
        answer_with(answer, &mine->entry);
        answer_with(answer, &mine->other);
        return mine->result;
    default:
        return NDR_END;
    }
}
