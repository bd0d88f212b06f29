// SPDX-License-Identifier: ISC
// The table of calls is that of the library: names, and types of arguments.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CALLS, LEFT_OUT, lib, types } from '../lib/library.js';
import * as values from '../lib/values.js';
import { top } from './support.js';

const read = name => readFileSync(new URL(name, top), 'utf8');
const header = ['ndr.h', 'ndr_file.h']
  .map(each => read(`include/libndr/${each}`)).join('').replace(/\/\*.*?\*\//gs, '');

/** A parameter in C, its spaces gone, and what stands for it in the table. */
const ROWS = [
  [/constndr_allocator\*/, types.ALLOCATOR],
  [/ndr_resolver/, types.RESOLVER],
  [/ndr_sink/, types.SINK],
  [/ndr_read_at/, types.READ_AT],
  [/(ndr_\w+|constchar)\*\*/, types.OBJECT_OUT],
  [/(const)?ndr_\w+\*/, types.OBJECT],
  [/const(char|void)\*/, types.OCTETS],
  [/void\*user/, types.USER],
  [/(char|void)\*/, types.MEMORY],
  [/size_t\*/, types.SIZE_OUT],
  [/int\*/, types.INT_OUT],
  [/uint64_t\*/, types.UINT64_OUT],
];

function tableType(declaration) {
  const whole = declaration.replace(/\s/g, '');
  const unnamed = declaration.trim().replace(/\w+$/, '').replace(/\s/g, '');
  for (const text of [whole, unnamed])
    for (const [pattern, type] of ROWS)
      if (new RegExp(`^(${pattern.source})$`).test(text))
        return type;
  return unnamed;
}

const declared = new Map([...header.matchAll(
  /^NDR_API (.*?)(ndr_\w+)\((.*?)\);/gsm)].map(each => each.slice(1))
  .map(([result, name, parameters]) => [name, [
    tableType(`${result}x`) === types.OCTETS ? types.TEXT
      : tableType(`${result}x`),
    ...parameters.trim() === 'void' ? []
      : parameters.split(',').map(tableType),
  ]]));

test('each exported call is in the table', () => {
  const exports = read('lib/exports.txt').split('\n').filter(Boolean);
  assert.ok(exports.length > 100);
  assert.deepEqual(
    exports.filter(each => !(each in CALLS) && !LEFT_OUT.has(each)), []);
  assert.deepEqual(Object.keys(CALLS), Object.keys(CALLS).sort());
});

test('types are those of the header', () => {
  assert.ok(declared.size > 100);
  for (const [name, row] of Object.entries(CALLS))
    assert.deepEqual(row, declared.get(name), name);
});

test('the library has each call, and each is used', () => {
  const folder = new URL('../lib/', import.meta.url);
  const source = readdirSync(folder)
    .map(each => readFileSync(new URL(each, folder), 'utf8')).join('');
  for (const name of Object.keys(CALLS)) {
    assert.equal(typeof lib[name], 'function');
    assert.ok(source.includes(`lib.${name}`), `${name} is not used`);
  }
});

test('names stand in the order of their numbers', () => {
  const numbers = new Map([...header.matchAll(/\b(NDR_\w+) = (-?\d+)/g)]
    .map(([, name, value]) => [name, Number(value)]));
  const check = (prefix, names, value) => names.forEach((name, place) =>
    name && assert.equal(numbers.get(
      `NDR_${prefix}_${name.toUpperCase().replaceAll('-', '_')}`),
    value(place), name));
  const same = place => place, bit = place => 1 << place;
  check('ACTION', values.ACTIONS, same);
  check('ACTIONS', values.KINDS, bit);
  check('NOTIFY', values.NOTIFY, bit);
  check('RETURN', values.RETURNS, same);
  check('AUDIENCE', values.AUDIENCES, same);
  check('LIMIT', values.LIMITS, same);
  check('NOTHING', values.NOTHING, same);
  const count = prefix =>
    [...numbers.keys()].filter(each => each.startsWith(prefix)).length;
  assert.equal(count('NDR_ACTION_'), values.ACTIONS.length);
  assert.equal(count('NDR_LIMIT_'), values.LIMITS.length);
});
