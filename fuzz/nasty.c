/* SPDX-License-Identifier: ISC */
/* Texts that have broken writers of mail before, and some that are fine. */
#include "input.h"

static const char *const nasty_texts[] = {
    /* 0x40 */ "mail1.example.com",
    "jane@example.com",
    "joe@contoso.com",
    "5.1.1",
    "550 5.1.1 User unknown",
    "postmaster@example.com",
    "X-Note",
    "192.0.2.7",
    /* 0x48 */ "2001:db8::25",
    "[192.0.2.7]",
    "rfc822;joe@contoso.com",
    "rfc822;J+2B+20x@contoso.com",
    "utf-8;\\x{FC}nal@contoso.com",
    "utf-8;\303\274nal@contoso.com",
    "\303\274nal@contoso.com",
    "\"a b\\\"c\"@contoso.com",
    /* 0x50 */ "a..b@contoso.com",
    "<@relay.example,@b.example:x@y.example>",
    "<>",
    "\r\n",
    "\n",
    "\t",
    " ",
    "\r",
    /* 0x58 */ "\x1B[31m",
    "\x7F",
    "\xFF",
    "\xC2\x85",
    "\xE2\x80\xAE",
    "\xE4\xBD\xA0\xE5\xA5\xBD",
    "=?utf-8?Q?=41?=",
    "=?utf-8?B?4oCT?= x",
    /* 0x60 */ "{reply}{recipient}{{<b>x</b>",
    "&<>\"'",
    "--",
    "\r\n--=_",
    "\r\n\r\nFinal-Recipient: rfc822; evil@example.net\r\n",
    "\nStatus: 2.0.0",
    "From ",
    ".",
    /* 0x68 */ "a",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "word ",
    "550-5.1.1 one\r\n550 5.1.1 two",
    "450 4.2.2 full\n",
    "250 2.0.0 taken",
    "550 4.1.1 odd class",
    "452-cut",
    /* 0x70 */ "4.4.7",
    "2.0.0",
    "4.2.2",
    "5.999.999",
    "5.1",
    "05.1.1",
    "[IPv6:2001:db8::1]",
    "no_dot",
    /* 0x78 */ "+0D+0A",
    "+",
    "=",
    ";",
    "x;y",
    "X-Local",
    "mail.contoso.com",
    "Mailer Team <mailer-daemon@example.com>",
};

const char *nasty_text(size_t index)
{
    return index < nasty_count() ? nasty_texts[index] : NULL;
}

size_t nasty_count(void)
{
    return sizeof(nasty_texts) / sizeof(nasty_texts[0]);
}
