import * as z from 'zod';
import { compareContracts } from '../../../../core/contract/compatibility/compare-contracts.ts';
import { releasedShape } from '../../../../core/contract/compatibility/released-shape.ts';
import type { DataContract } from '../../../../core/contract/model.ts';
import { contract } from './fixtures.ts';

type Path = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Other lawful words where a text is one of few. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  kind: ['boolean', 'text'],
  format: ['uri', 'uuid'],
  classification: ['public', 'confidential'],
  protection: ['hash', 'mask'],
  operator: ['mustNotBe', 'mustBe'],
  unit: ['rows', 'percent'],
  metric: ['rowCount', 'nullValues'],
};

function another(value: Json, key: string): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return key === 'bits' ? 96 - value : value + 1;
  if (typeof value !== 'string') throw new Error(`no leaf: ${key}`);
  const word = OTHER_WORDS[key]?.find((one) => one !== value);
  if (word !== undefined) return word;
  if (/^-?\d+(\.\d+)?$/.test(value)) return String(Number(value) + 1);
  if (/^\d/.test(value)) return value.replace(/^\d+/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'));
  return `${value}x`;
}

function changedAt(
  value: Json,
  [head, ...rest]: Path,
  change: (value: Json, key: string) => Json | undefined,
  key = '',
): Json | undefined {
  if (head === undefined) return change(value, key);
  const copy = structuredClone(value) as Record<string, Json>;
  const inside = changedAt(copy[head] as Json, rest, change, typeof head === 'string' ? head : key);
  if (inside !== undefined) copy[head] = inside;
  else if (Array.isArray(copy)) (copy as unknown as Json[]).splice(Number(head), 1);
  else Reflect.deleteProperty(copy, head);
  return copy;
}

function walk(value: Json, path: Path, visit: (path: Path, value: Json) => void): void {
  visit(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) walk(part, [...path, Array.isArray(value) ? Number(key) : key], visit);
}

const rich = contract();
const document = JSON.parse(JSON.stringify(rich)) as Json;
const leaves: Path[] = [];
const entries: Path[] = [];
walk(document, [], (path, value) => {
  if (path.length === 0) return;
  if (typeof value !== 'object') leaves.push(path);
  entries.push(path);
});
const isVersion = (path: Path) => path.at(-1) === 'version';
/** Without it, the planner decides, and here it decides the same. */
const isClass = (path: Path) => path.at(-1) === 'retentionClass';
const isRequired = (path: Path) => {
  const read = releasedShape.safeParse({ format: 1, contract: changedAt(document, path, () => undefined) });
  return !read.success;
};

test('the fixture has a value for every key of the model', () => {
  const known = new Set<string>();
  walk(z.toJSONSchema(releasedShape) as Json, [], (path) => {
    const key = path.at(-1);
    if (path.at(-2) === 'properties' && typeof key === 'string') known.add(key);
  });
  const held = new Set(entries.map((path) => path.at(-1)));
  expect([...known].filter((key) => !held.has(key) && !['format', 'contract'].includes(key))).toEqual([]);
});

test(`a change of any of its ${leaves.length} values is noticed`, () => {
  expect(leaves.length).toBeGreaterThan(250);
  const unnoticed = leaves.filter((path) => {
    const changed = changedAt(document, path, another) as unknown as DataContract;
    return compareContracts(rich, changed).length === 0 || compareContracts(changed, rich).length === 0;
  });
  expect(unnoticed.filter((path) => !isVersion(path)).map((path) => path.join('.'))).toEqual([]);
});

test('the loss of any key that may be missing, and of any entry of a list, is noticed', () => {
  const optional = entries.filter((path) => !isRequired(path));
  expect(optional.length).toBeGreaterThan(100);
  const unnoticed = optional.filter((path) => {
    const changed = changedAt(document, path, () => undefined) as unknown as DataContract;
    return compareContracts(rich, changed).length === 0 || compareContracts(changed, rich).length === 0;
  });
  expect(unnoticed.filter((path) => !isClass(path)).map((path) => path.join('.'))).toEqual([]);
});
