// SPDX-License-Identifier: ISC
// What callbacks throw goes through, and nothing is left behind.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import * as ndr from 'libndr';
import { fail, Memory, original, profile, report, Trouble } from './support.js';

/** A source that throws at its n-th read. */
const badSource = count => ({
  size: original.length,
  read(offset, length) {
    if (--count < 0)
      throw new Trouble('the disk is gone');
    return original.subarray(offset, offset + length);
  },
});

test('a sink throws', () => {
  const made = report();
  assert.throws(() => made.write(fail), error =>
    error instanceof Trouble && error.stack.includes('fail'));
  let count = 0;
  assert.throws(() => made.write(() => {
    if (++count === 2)
      throw undefined; // even that
  }), error => error === undefined);
  assert.ok(made.toBuffer().length > 0);
  made.close();
});

test('a source throws, in each of its reads', () => {
  for (const way of [each => each.toBuffer(), each => [...each],
    each => each.write(() => {}), each => each.size, each => each.prepare(),
    each => each.envelope]) {
    let reads = 0;
    for (;; reads++) {
      const made = report({ original: badSource(reads), returns: 'full' });
      try {
        way(made);
        made.close();
        break;
      } catch (error) {
        assert.ok(error instanceof Trouble, error);
      }
      assert.throws(() => made.toBuffer(), { code: 'NDR_E_SOURCE' });
      made.close();
    }
    assert.ok(reads > 0);
  }
});

test('a source throws while a stream is read', async () => {
  let rejected = 0;
  for (let reads = 0; reads < 9; reads++) {
    const each = report({ original: badSource(reads), returns: 'full' });
    try {
      each.prepare();
      await assert.rejects(each.pipeTo(new PassThrough().resume()), Trouble);
      rejected++;
    } catch {
      // not yet prepared, or all was read
    }
    each.close();
  }
  assert.ok(rejected > 0);
});

test('a source gives nonsense', () => {
  for (const [read, error] of [[() => 7, TypeError], [() => null, TypeError],
    [() => Buffer.alloc(1 << 20), RangeError]])
    assert.throws(() => report({ original: { size: 100, read } }).prepare(),
      error);
});

test('a resolver throws', () => {
  const catalog = new ndr.Catalog([], { resolver: fail });
  const made = report({}, profile({ catalog }));
  assert.throws(() => made.prepare(), Trouble);
  // The words of the next catalog speak.
  assert.ok(made.toBuffer().includes('No such mailbox'));
  made.close();
});

test('a callback cannot call its own report, but another', () => {
  const made = report();
  assert.throws(() => made.write(() => made.toBuffer()), /another call/);
  assert.throws(() => made.write(() => made.close()), /another call/);
  const seen = new Set();
  made.write(() => {
    const other = report();
    assert.throws(() => other.write(fail), Trouble);
    seen.add(other.toBuffer().toString());
    other.close();
  });
  assert.deepEqual([...seen], [made.toBuffer().toString()]);
  made.close();
});

test('closed', () => {
  for (const each of [report(), profile(), new ndr.Catalog()]) {
    each.close();
    each.close();
  }
  const made = report(), joe = made.addRecipient('x@contoso.com');
  made.reset();
  assert.throws(() => joe.setStatus('5.1.1'), { code: 'NDR_E_ORDER' });
  const ann = made.addRecipient('y@contoso.com');
  made.close();
  assert.throws(() => ann.setStatus('5.1.1'), /closed/);
  assert.throws(() => made.toBuffer(), /closed/);
});

function everything(memory) {
  const catalog = new ndr.Catalog(['Status: 5.1.1\n\nText.'],
    { resolver: () => null, _allocator: memory.allocator });
  let of, made;
  try {
    of = profile({ catalog, _allocator: memory.allocator });
    made = report({ original: badSource(1e9), returns: 'full' }, of);
    made.write(() => {});
    return [made.toBuffer(), [...made], made.size, made.envelope, made.notes];
  } finally {
    for (const each of [catalog, of, made]) // in any order
      each?.close();
  }
}

test('what a report uses lives as long', () => {
  const memory = new Memory();
  everything(memory);
  assert.ok(memory.calls > 10);
  assert.equal(memory.blocks.size, 0);
  assert.equal(memory.wrong, 0);
  memory.close();
});

test('native memory is freed wherever it runs out', () => {
  const memory = new Memory();
  for (let at = 1; ; at++) {
    memory.calls = 0;
    memory.failAt = at;
    try {
      everything(memory);
      assert.ok(at > 10);
      break;
    } catch (error) {
      assert.equal(error.code, 'NDR_E_NOMEM', String(error));
    }
    assert.equal(memory.blocks.size, 0);
  }
  assert.equal(memory.blocks.size, 0);
  memory.close();
});

test('what is not closed is collected', { skip: !globalThis.gc }, async () => {
  const memory = new Memory();
  (() => {
    for (let i = 0; i < 20; i++) {
      const catalog = new ndr.Catalog([], { _allocator: memory.allocator });
      const of = profile({ catalog, _allocator: memory.allocator });
      const made = report({ original: badSource(1e9) }, of);
      // A circle: the resolver holds the report that asks it.
      catalog.close();
      made.write(() => made.addHeader);
      made.toBuffer();
    }
    const server = {};
    server.catalog = new ndr.Catalog([], {
      resolver: () => server.report.size && null,
      _allocator: memory.allocator,
    });
    server.report = report({},
      profile({ catalog: server.catalog, _allocator: memory.allocator }));
  })();
  assert.ok(memory.blocks.size > 0);
  for (let i = 0; i < 50 && memory.blocks.size > 0; i++) {
    globalThis.gc();
    await turn();
  }
  assert.equal(memory.blocks.size, 0);
  memory.close();
});

test('memory does not grow', { skip: !globalThis.gc }, async () => {
  const work = () => {
    const made = report({ original: badSource(1e9), returns: 'full' });
    try {
      made.write(fail);
    } catch {
      made.toBuffer();
    }
    made.close();
  };
  const used = async () => {
    for (let i = 0; i < 5; i++) {
      globalThis.gc();
      await turn();
    }
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  };
  for (let i = 0; i < 200; i++)
    work();
  const before = await used();
  for (let i = 0; i < 1000; i++)
    work();
  // A tenth of a report for each time.
  assert.ok(await used() - before < 1000 * 200);
});
