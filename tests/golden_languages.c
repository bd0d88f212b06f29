/* SPDX-License-Identifier: ISC */
/* Reports in other languages than English, and in several. */
#include "golden.h"

static void speak(golden_stage *stage)
{
    ndr_profile_set_language(stage->profile, stage->data, NDR_NUL);
}

static void plain(golden_stage *stage)
{
    golden_plain(stage);
    speak(stage);
}

static void html(golden_stage *stage)
{
    golden_html(stage);
    speak(stage);
}

static void branded(golden_stage *stage)
{
    html(stage);
    ndr_profile_set_organisation(stage->profile, "Example & Co", NDR_NUL,
                                 "#0b57c2", NDR_NUL);
}

static void detecting(golden_stage *stage)
{
    plain(stage);
    ndr_profile_set_language_detection(stage->profile, NDR_DETECTION_ON);
}

static void two_failed(golden_stage *stage)
{
    golden_facts(stage);
    golden_remote(stage, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
    golden_recipient(stage, "ann.lee@example.com", "5.2.2",
                     "552 5.2.2 Mailbox size limit exceeded");
}

static void delayed(golden_stage *stage)
{
    ndr_recipient *joe;

    golden_facts(stage);
    joe = golden_recipient(stage, "joe.bloggs@contoso.com", "4.4.1", NULL);
    ndr_recipient_set_action(joe, NDR_ACTION_DELAYED);
    ndr_recipient_set_retry_until(joe, 1795709112, 60);
}

static void detected(golden_stage *stage)
{
    static const char original[] = "From: jane@example.com\r\n"
                                   "Accept-Language: tlh, de-AT;q=0.7\r\n"
                                   "Date: Tue, 24 Nov 2026 16:05:11 +0100\r\n"
                                   "\r\n";

    golden_facts(stage);
    ndr_report_borrow_original(stage->report, original, sizeof(original) - 1);
    golden_remote(stage, "joe.bloggs@contoso.com", "mail.contoso.com",
                  "550 5.1.1 User unknown");
}

const golden_scenario golden_languages[] = {
    {"in-german", plain, two_failed, 0, NDR_OK, "de"},
    {"in-german-delayed", plain, delayed, 0, NDR_OK, "de-CH"},
    {"in-french-html", branded, two_failed, 0, NDR_OK, "fr"},
    {"in-japanese-html", html, two_failed, 0, NDR_OK, "ja"},
    {"in-arabic-html", html, two_failed, 0, NDR_OK, "ar"},
    {"in-hebrew-html", html, two_failed, 0, NDR_OK, "he"},
    {"in-two-languages-html", html, two_failed, 0, NDR_OK, "fr,en"},
    {"in-the-authors-language", detecting, detected, 0, NDR_OK, "fr"},
    {NULL, NULL, NULL, 0, 0, NULL},
};
