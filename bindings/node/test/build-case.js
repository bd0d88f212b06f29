// SPDX-License-Identifier: ISC
// build-case.js FOLDER CASE.json...: build the reports of some cases, in the
// notation of `ndr build --json`, as FOLDER/CASE.eml or FOLDER/CASE.error.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Catalog, NdrError, Profile, Report } from 'libndr';

const octets = value =>
  value?.b64 === undefined ? value : Buffer.from(value.b64, 'base64');

async function build(path) {
  const { report: facts, recipients, templates = [], original } =
    JSON.parse(readFileSync(path, 'utf8'));
  const offset = facts.tz_minutes ?? 0;
  const at = time => time === undefined ? undefined : { time, offset };

  const catalog = new Catalog(templates
    .map(each => `Status: ${each.match}\n\n${each.text}`));
  const profile = new Profile({
    generatingServer: facts.generating_server,
    catalog,
    reportingAuthority: facts.reporting_authority,
    postmaster: facts.postmaster,
    internalDomains: facts.internal_domains,
    audience: facts.audience,
    language: facts.language,
    detectLanguage: facts.detect_language,
    organisation: facts.organisation?.name,
    accent: facts.organisation?.accent,
    html: facts.html,
    grouping: facts.grouping,
    dropHeaders: facts.drop_headers,
    limits: facts.max_header_bytes && { header: facts.max_header_bytes },
  });
  const report = new Report(profile, {
    sender: facts.return_path,
    date: at(facts.date),
    arrivalDate: at(facts.arrival),
    seed: facts.seed,
    subject: facts.subject,
    messageId: facts.message_id,
    envelopeId: facts.envid,
    receivedFrom: facts.received_from &&
      [facts.received_from.helo, facts.received_from.ip],
    returns: facts.return,
    transport: { eightBitMime: facts.eightbit, smtpUtf8: facts.smtputf8 },
    originalFile: join(dirname(path), original),
  });
  try {
    for (const each of recipients)
      report.addRecipient(each.address, {
        action: each.action,
        status: each.status,
        originalRecipient: each.orcpt,
        hidden: each.hide_final ? each.orcpt.split(';')[1] : undefined,
        remoteServer: each.remote_server &&
          [each.remote_server, each.remote_ip],
        diagnostic: each.response && {
          type: each.diagnostic_type ?? 'smtp', text: octets(each.response),
        },
        notify: each.notify,
        lastAttempt: at(each.last_attempt),
        retryUntil: at(each.will_retry_until),
        logId: each.log_id,
        text: each.text,
        attempts: each.attempts?.map(({ time, host, ip, text }) =>
          ({ date: at(time), host, address: ip, text })),
        fields: each.fields,
      });
    const pieces = [];
    for await (const piece of report.stream())
      pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    report.close();
  }
}

const [folder, ...cases] = process.argv.slice(2);
for (const each of cases) {
  let suffix = 'eml', content;
  try {
    content = await build(each);
  } catch (error) {
    if (!(error instanceof NdrError))
      throw error;
    [suffix, content] = ['error', `${error.message}\n`];
  }
  writeFileSync(join(folder, `${basename(each, '.json')}.${suffix}`), content);
}
