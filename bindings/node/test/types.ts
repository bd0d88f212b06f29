// SPDX-License-Identifier: ISC
// Compiled, never run: the types allow what they should, and nothing else.
import {
  Catalog, NdrError, NothingDue, parseReply, Profile, Report, type Query,
} from 'libndr';

const catalog = new Catalog(['Status: 5.1.1\n\nText.'], {
  resolver: (query: Query) => query.status === '5.1.1' ? '\nText.' : null,
});
const profile = new Profile({
  generatingServer: 'mail1.example.com', catalog, html: false,
  language: ['de', 'fr'], limits: { header: 4096 },
});
const report = new Report(profile, {
  sender: 'jane@example.com', date: { time: new Date(), offset: 60 },
  original: { size: 0, read: (offset, length) => Buffer.alloc(length - offset) },
});
report.addRecipient('joe@contoso.com', {
  remoteServer: ['mail.contoso.com', '192.0.2.1'], notify: ['failure'],
}).setStatus('5.1.1').addAttempt({ date: 0, host: 'mx.contoso.com' });

export async function send(to: NodeJS.WritableStream & import('stream').Writable) {
  try {
    for (const piece of report)
      console.log(piece.byteLength);
    await report.pipeTo(to, { signal: AbortSignal.timeout(1000) });
    const { recipient, smtpUtf8 }: { recipient: string; smtpUtf8: boolean } =
      report.envelope;
    return [recipient, smtpUtf8, parseReply('550 no').code ?? 0];
  } catch (error) {
    if (error instanceof NothingDue && error.reason === 'not-asked')
      return [];
    throw error instanceof NdrError ? new Error(error.code) : error;
  }
}

// @ts-expect-error: no such action
report.addRecipient('joe@contoso.com', { action: 'lost' });
// @ts-expect-error: a profile needs a generating server
new Profile({ html: true });
// @ts-expect-error: recipients are made by reports
new (await import('libndr')).Recipient();
// @ts-expect-error: one or the other
profile.setHeaderFilter({});
// @ts-expect-error: a text is needed
report.setSender(7);
