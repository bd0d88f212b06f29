// SPDX-License-Identifier: ISC
// Facts in, a message out: every way of giving and of taking.
import assert from 'node:assert/strict';
import {
  closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { after, test } from 'node:test';
import * as ndr from 'libndr';
import { date, original, profile, report } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'ndr-'));
after(() => rmSync(folder, { recursive: true }));

const shown = made => {
  try {
    return made.toBuffer().toString('latin1');
  } finally {
    made.close();
  }
};

test('dates have several forms', () => {
  for (const [form, expected] of [
    [date, '17:05:18 +0100'],
    [{ time: new Date(date.time * 1000), offset: 60 }, '17:05:18 +0100'],
    [new Date(date.time * 1000 + 999), '16:05:18 +0000'],
    [date.time, '16:05:18 +0000'],
    [{ time: date.time, offset: null }, '16:05:18 -0000'],
  ])
    assert.match(shown(report({ date: form })), new RegExp(
      `^Date: Tue, 24 Nov 2026 ${expected.replace('+', '\\+')}\r$`, 'm'));
  for (const wrong of [1.5, '2026', 2 ** 60, { time: 0, offset: 2 ** 40 },
    new Date('x'), {}])
    assert.throws(() => report({ date: wrong }), /whole|range|Date/);
});

test('options that do not exist are mistakes', () => {
  assert.throws(() => report({ sendr: 'x' }), /no option "sendr"/);
  assert.throws(() => profile({ HTML: true }), TypeError);
  assert.throws(() => profile({ html: 'no' }), TypeError);
  assert.throws(() => report({ returns: 'all' }), /headers, full, none/);
  assert.throws(() => report({ sender: 7 }), TypeError);
  assert.throws(() => profile({ limits: { header: -1 } }), RangeError);
  assert.throws(() => profile({ keepHeaders: 'From', dropHeaders: 'To' })
    .setHeaderFilter({ keep: 'From', drop: 'To' }), TypeError);
  // Null and undefined are the default.
  assert.equal(shown(report({ subject: undefined, returns: null })),
    shown(report()));
});

test('every fact of a report', () => {
  const made = report({
    subject: 'Nicht zugestellt', arrivalDate: date, language: ['de'],
    messageId: '<7@x.example>', envelopeId: 'QQ+2B',
    receivedFrom: ['desk7.example.com', '192.0.2.9'],
    gateway: 'gw.example.com', requireTls: true, returns: 'full',
    transport: { smtpUtf8: true },
  });
  made.addField('X-Queue', '4d3F').addHeader('X-Loop', 'mail1');
  assert.equal(made.envelope.requireTls, true);
  const message = shown(made);
  for (const each of ['Subject: Nicht zugestellt', 'Arrival-Date: Tue, 24',
    'Content-Language: de', 'Message-ID: <7@x.example>',
    'Original-Envelope-Id: QQ+', 'Received-From-MTA: dns; desk7.example.com',
    'DSN-Gateway: dns; gw.example.com', 'X-Queue: 4d3F', 'X-Loop: mail1'])
    assert.ok(message.includes(each), each);
});

test('every setting of a profile', () => {
  const of = profile({
    reportingAuthority: 'dsn.example.com', copyCodes: ['5.1.1'],
    copyMailbox: 'boss@example.com', diagnostics: true, maskHosts: true,
    internalDomains: ['example.com'], listFailedRecipients: true,
    builtinCharsets: true, keepHeaders: ['Subject', 'From'], language: 'fr',
  });
  assert.equal(of.error, null);
  const made = report({}, of);
  const message = made.toBuffer().toString('latin1');
  assert.match(message, /^X-Failed-Recipients: joe\.bloggs@contoso\.com\r$/m);
  assert.match(message, /^Reporting-MTA: dns; example\.com\r$/m);
  assert.equal(made.copyDue, true);
  assert.equal(made.setCopy(true).envelope.recipient, 'boss@example.com');
  made.close();
});

test('the envelope', () => {
  const made = report();
  assert.deepEqual(made.envelope, {
    sender: '', recipient: 'jane@example.com', notify: ['never'],
    envelopeId: made.envelope.envelopeId, smtpUtf8: false,
    eightBitMime: false, requireTls: false,
  });
  assert.ok(made.toBuffer().includes(made.messageId));
  assert.equal(made.size, made.toBuffer().length);
  made.close();
});

test('one message for each kind', () => {
  const made = report();
  made.addRecipient('ann@contoso.com', { action: 'delayed', status: '4.4.1' });
  assert.deepEqual(made.actionsDue, ['failed', 'delayed']);
  made.selectActions('delayed');
  assert.ok(!made.toBuffer().includes('Action: failed'));
  made.selectActions('mixed');
  assert.ok(made.toBuffer().includes('Action: failed'));
  assert.throws(() => made.selectActions('success'),
    error => error.reason === 'of-this-kind');
  made.close();
});

test('nothing due is an error of its own', () => {
  const made = report({ sender: '' });
  assert.deepEqual(made.actionsDue, []);
  assert.throws(() => made.toBuffer(), error =>
    error instanceof ndr.NothingDue && error instanceof ndr.NdrError &&
    error.code === 'NDR_NOTHING_DUE' && error.reason === 'null-return-path' &&
    error.message === 'nothing is due: the return path is null');
  assert.equal(made.nothingDue, 'null-return-path');
  assert.equal(made.copyDue, true);
  made.setCopy(true);
  assert.ok(made.toBuffer().includes('To: postmaster@mail1.example.com'));
  made.close();
});

test('errors have detail and code, and stay', () => {
  const made = report();
  assert.throws(() => made.addRecipient('ann@contoso.com', { status: '5.1' }), {
    name: 'NdrError', code: 'NDR_E_STATUS', errno: -8,
    message: /^recipient 2: status "5\.1"/,
  });
  assert.throws(() => made.toBuffer(), { code: 'NDR_E_STATUS' });
  assert.equal(made.error.code, 'NDR_E_STATUS');
  assert.equal(made.reset().error, null);
  made.close();
  assert.throws(() => new ndr.Profile('no host'), { code: 'NDR_E_HOST' });
  assert.throws(() => new ndr.Catalog(['Status 5.1.1']),
    { code: 'NDR_E_TEMPLATE' });
  assert.throws(() => new ndr.Report(profile()).toBuffer(),
    { code: 'NDR_E_MISSING' });
  assert.throws(() => report().prepare().setSubject('x'),
    { code: 'NDR_E_ORDER' });
});

test('notes', () => {
  const made = report({ envelopeId: 'no xtext +' });
  assert.equal(made.prepare().notes.length, 1);
  made.close();
});

test('pieces', () => {
  const made = report(), message = made.toBuffer();
  const pieces = [...made];
  assert.ok(pieces.length > 1);
  assert.deepEqual(Buffer.concat(pieces), message);
  assert.ok(pieces[0].toString().endsWith('\r\n\r\n'));
  const taken = [];
  made.write(piece => taken.push(piece));
  assert.deepEqual(Buffer.concat(taken), message);
  // The one who began last reads.
  const first = made[Symbol.iterator]();
  first.next();
  made.toBuffer();
  assert.throws(() => first.next(), { code: 'NDR_E_ORDER' });
  made.close();
});

test('a stream to read, of any step', async () => {
  const made = report(), message = made.toBuffer();
  for (const highWaterMark of [1, 7, 64, 65536]) {
    const pieces = await made.stream({ highWaterMark }).toArray();
    assert.deepEqual(Buffer.concat(pieces), message);
    assert.ok(pieces.every(each => each.length <= highWaterMark));
  }
  made.close();
});

test('a stream to write', async () => {
  const made = report(), message = made.toBuffer();
  const taken = [];
  await made.pipeTo(new Writable({
    highWaterMark: 1,
    write(piece, encoding, done) {
      taken.push(piece);
      setImmediate(done);
    },
  }));
  assert.deepEqual(Buffer.concat(taken), message);
  await assert.rejects(made.pipeTo(new Writable({
    write: (piece, encoding, done) => done(new Error('disk full')),
  })), /disk full/);
  assert.throws(() => made.write(new PassThrough()), /pipeTo/);
  // An error of the report ends the stream too.
  await assert.rejects(new ndr.Report(profile()).readOriginal(
    Readable.from([original])).then(each => each.pipeTo(new PassThrough())),
  { code: 'NDR_E_MISSING' });
  made.close();
});

test('the form of the lines', () => {
  const made = report(), message = made.toBuffer().toString('latin1');
  made.setOutput({ lf: true });
  assert.equal(made.toBuffer().toString('latin1'),
    message.replaceAll('\r\n', '\n'));
  made.close();
  assert.ok(shown(report({
    output: { dots: true }, original: 'Subject: x\n\n.\n', returns: 'full',
  })).includes('\r\n..\r\n'));
});

test('a descriptor to write', () => {
  const made = report(), path = join(folder, 'report.eml');
  const fd = openSync(path, 'w+');
  assert.equal(made.writeFd(fd), true);
  assert.deepEqual(readFileSync(path), made.toBuffer());
  assert.throws(() => made.writeFd({}), TypeError);
  closeSync(fd);
  assert.throws(() => made.writeFd(openSync(path, 'r')),
    { code: 'EBADF', syscall: 'write' });
  made.close();
});

test('a part of a file', () => {
  const path = join(folder, 'parts');
  writeFileSync(path, Buffer.concat([Buffer.from('before'), original,
    Buffer.from('after')]));
  const made = report({ original: null, returns: 'full' });
  made.setOriginalFile(path, { offset: 6, length: original.length });
  assert.equal(shown(made), shown(report({ returns: 'full' })));
  assert.throws(() => report().setOriginalFile(path, { offset: 1000 }),
    { code: 'NDR_E_SOURCE' });
});

test('originals', async () => {
  const expected = shown(report({ returns: 'full' }));
  const path = join(folder, 'original.eml');
  writeFileSync(path, original);
  const fd = openSync(path), handle = await open(path);
  const source = {
    size: original.length,
    read: (offset, length) =>
      original.subarray(offset, offset + Math.min(5, length)),
  };
  for (const facts of [{ originalFile: path }, { originalFile: fd },
    { originalFile: handle }, { original: source },
    { original: original.toString() }, { original: new Uint8Array(original) }])
    assert.equal(
      shown(report({ returns: 'full', original: null, ...facts })), expected);
  closeSync(fd); // still ours
  await handle.close();
  const streamed = report({ returns: 'full', original: null });
  await streamed.readOriginal(Readable.from([original.subarray(0, 9),
    original.subarray(9)]));
  assert.equal(shown(streamed), expected);
  assert.ok(!shown(report({ original: null })).includes('rfc822-headers'));
  assert.throws(() => report({ originalFile: join(folder, 'none') }),
    { code: 'ENOENT' });
  assert.throws(() => report({
    original: { size: 500, read: () => '' }, returns: 'full',
  }).toBuffer(), { code: 'NDR_E_SOURCE' });
});

test('words', () => {
  const entry = 'Status: 5.1.1\n\nNobody is called {recipient}.';
  const catalog = new ndr.Catalog([entry]);
  assert.ok(shown(report({}, profile({ catalog })))
    .includes('Nobody is called joe.bloggs@contoso.com.'));
  assert.equal([...catalog].length, 1);
  assert.match(catalog.at(0), /Nobody/);
  assert.equal(catalog.at(1), undefined);
  assert.match(catalog.find('5.1.1'), /Nobody/);
  assert.equal(catalog.find('5.7.1'), null);
  const path = join(folder, 'own.msg');
  writeFileSync(path, `# words\n${entry}\n%%\nStatus: 5\n`);
  assert.throws(() => catalog.loadFile(path), /own\.msg:\d/);
  assert.equal([...catalog.load(entry, 'x.msg')].length, 2);
  assert.ok([...ndr.builtinEntries()].length > 100);
  assert.match(ndr.findBuiltin('5.1.1', { language: 'de' }), /^Language: de$/m);
  assert.throws(() => ndr.findBuiltin('5'), { code: 'NDR_E_STATUS' });
  assert.throws(() => ndr.findBuiltin('5.1.1\0'), TypeError);
});

test('a resolver', () => {
  const asked = [];
  const catalog = new ndr.Catalog([], {
    resolver(query) {
      asked.push(query);
      return query.status === '5.1.1' ? '\nAsk Ann about {recipient}.' : null;
    },
  });
  assert.ok(shown(report({}, profile({ catalog }))).includes('Ask Ann about joe'));
  assert.deepEqual({ ...asked[0] }, {
    status: '5.1.1', language: 'en', audience: 'external', action: 'failed',
    reply: '550 5.1.1 User unknown',
  });
  catalog.setResolver(() => 'nonsense');
  assert.ok(shown(report({}, profile({ catalog }))).includes('No such mailbox'));
  catalog.setResolver(null);
  assert.ok(shown(report({}, profile({ catalog }))).includes('No such mailbox'));
});

test('what a report uses does not change', () => {
  const catalog = new ndr.Catalog(), of = profile({ catalog });
  const made = report({}, of);
  assert.throws(() => catalog.add('Status: 5.1.1\n\nX.'),
    { code: 'NDR_E_ORDER' });
  assert.throws(() => of.setHtml(true), { code: 'NDR_E_ORDER' });
  made.reset(profile());
  catalog.add('Status: 5.1.1\n\nX.');
  made.close();
});

test('parts of the trade', () => {
  assert.deepEqual(ndr.parseReply('550 5.1.1 User unknown'),
    { code: 550, status: '5.1.1', textOffset: 10, complete: true });
  assert.deepEqual(ndr.parseReply('hello'),
    { code: null, status: null, textOffset: 0, complete: false });
  assert.deepEqual(ndr.parseNotify('SUCCESS,delay'), ['success', 'delay']);
  assert.equal(ndr.parseReturn('FULL'), 'full');
  assert.throws(() => ndr.parseNotify('x'), { code: 'NDR_E_TEXT' });
  assert.equal(ndr.isAutomatic('Auto-Submitted: auto-replied\n'), true);
  assert.equal(ndr.isAutomatic(original), false);
  assert.equal(ndr.statusName('5.1.1'), 'Bad destination mailbox address');
  assert.equal(ndr.statusName('5.99.99'), null);
  assert.ok(ndr.statusName('5.1.1', { exchange: true }));
  assert.ok([...ndr.statuses()].includes('X.1.1'));
  for (const octets of [Buffer.alloc(0), Buffer.from('a+b=c'),
    Buffer.from(Array.from({ length: 256 }, (_, each) => each))])
    assert.deepEqual(ndr.xtextDecode(ndr.xtextEncode(octets)), octets);
  assert.equal(ndr.xtextEncode('a+b'), 'a+2Bb');
  assert.match(ndr.version(), /^\d+\.\d+\.\d+$/);
});
