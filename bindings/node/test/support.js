// SPDX-License-Identifier: ISC
// What the tests share: facts of a report, and memory that is counted.
import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import { Profile, Report } from 'libndr';
import { types } from '../lib/library.js';

/** The library's source; this package may be tested from elsewhere. */
export const top = new URL(process.env.NDR_SOURCE
  ? `file://${process.env.NDR_SOURCE}/` : '../../../', import.meta.url);
export const original =
  readFileSync(new URL('bindings/cases/original.eml', top));
export const date = { time: 1795536318, offset: 60 };

export const profile = options => new Profile({
  generatingServer: 'mail1.example.com', html: false, ...options,
});

/** A report of one recipient that failed. */
export function report(facts = {}, of = profile()) {
  const made = new Report(of, {
    sender: 'jane@example.com', date, seed: '4d3F7c0z2Wz1xq', original,
    ...facts,
  });
  made.addRecipient('joe.bloggs@contoso.com', {
    remoteServer: 'mail.contoso.com', reply: '550 5.1.1 User unknown',
  });
  return made;
}

export class Trouble extends Error {}

export function fail() {
  throw new Trouble('here');
}

const c = koffi.load(process.platform === 'darwin' ? 'libc.dylib'
  : 'libc.so.6');
const realloc = c.func('realloc', 'void *', ['void *', 'size_t']);
const free = c.func('free', 'void', ['void *']);

/** An allocator that knows what is still there, and fails when told to. */
export class Memory {
  blocks = new Map();
  calls = 0;
  failAt = Infinity;
  wrong = 0;

  constructor() {
    this.allocator = {
      reallocate: koffi.register((user, old, oldSize, size) =>
        this.reallocate(old, Number(oldSize), Number(size)),
      types.REALLOCATE),
      user: null,
    };
  }

  reallocate(old, oldSize, size) {
    if (old !== null && this.blocks.get(old) !== oldSize)
      this.wrong++;
    if (size === 0) {
      this.blocks.delete(old);
      free(old);
      return null;
    }
    if (++this.calls >= this.failAt)
      return null;
    const made = realloc(old, size);
    this.blocks.delete(old);
    this.blocks.set(made, size);
    return made;
  }

  close() {
    koffi.unregister(this.allocator.reallocate);
  }
}
