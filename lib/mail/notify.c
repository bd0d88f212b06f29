/* SPDX-License-Identifier: ISC */
/*
 * The table of RFC 3461 5.2. Without NOTIFY, failures and delays are reported
 * (RFC 3461 4.1 leaves delays to the server) and success is not.
 */
#include "mail/notify.h"

/* For each action: its kind, the NOTIFY keyword that asks for it, and whether
   it is due when nothing was asked. */
static const struct {
    int kind, keyword, unasked;
} rows[] = {
    {NDR_ACTIONS_FAILED, NDR_NOTIFY_FAILURE, 1},  /* failed */
    {NDR_ACTIONS_DELAYED, NDR_NOTIFY_DELAY, 1},   /* delayed */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* delivered */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* relayed */
    {NDR_ACTIONS_SUCCESS, NDR_NOTIFY_SUCCESS, 0}, /* expanded */
};

int ndri_notify_is_due(int notify, int action)
{
    if (notify == NDR_NOTIFY_DEFAULT)
        return rows[action].unasked;
    return (notify & rows[action].keyword) != 0;
}

int ndri_notify_kind(int action)
{
    return rows[action].kind;
}

int ndri_notify_is_valid(int notify)
{
    const int keywords =
        NDR_NOTIFY_SUCCESS | NDR_NOTIFY_FAILURE | NDR_NOTIFY_DELAY;

    return notify == NDR_NOTIFY_NEVER || (notify & ~keywords) == 0;
}
