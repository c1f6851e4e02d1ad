import type * as z from 'zod';
import type { DocumentPath, Fault } from '../fault.ts';
import { knownKeys } from './odcs-keys.ts';
import { remedyOfKey } from './meant-key.ts';
import { didYouMean } from '../../suggest.ts';

/** What ODCS leaves open and a platform cannot do without: by the last keys of its path. */
const REQUIRED_HERE: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  team: {
    code: 'OwnerMissing',
    message: "must be stated: somebody answers for the data; add 'team' with a member of the role 'Owner', or a name",
  },
  domain: { code: 'DomainMissing', message: "must be stated: stacks, databases and keys are named by it; add 'domain'" },
  schema: { code: 'DatasetsMissing', message: 'must hold a dataset: a contract without one provisions nothing; add one' },
  properties: { code: 'ColumnsMissing', message: 'must list the columns: a table is made of them; add one at least' },
  logicalType: {
    code: 'LogicalTypeMissing',
    message:
      'must be stated: events are judged by it; add one of string, integer, number, boolean, date, timestamp, time, array, object',
  },
};

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** Logical types by the names that databases and languages give them. */
const MEANT_TYPE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['str', 'text', 'varchar', 'char', 'uuid', 'enum'].map((name) => [name, 'string'])),
  ...Object.fromEntries(['int', 'int32', 'int64', 'bigint', 'smallint', 'long'].map((name) => [name, 'integer'])),
  ...Object.fromEntries(['float', 'double', 'decimal', 'numeric', 'real'].map((name) => [name, 'number'])),
  ...Object.fromEntries(['datetime', 'timestamptz', 'timestamp_ntz', 'timestamp_tz'].map((name) => [name, 'timestamp'])),
  ...Object.fromEntries(['struct', 'record', 'json', 'map'].map((name) => [name, 'object'])),
  bool: 'boolean',
  list: 'array',
};

/** A contract is no data: what it says may be shown. */
function got(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string') return `the text '${value.length > 60 ? `${value.slice(0, 57)}…` : value}'`;
  return typeof value === 'number' ? `the number ${value}` : value === true ? 'true' : 'false';
}

/** Says one thing that the shape of the standard refuses, as faults. */
export function shapeFaults(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'UnknownKey',
      path: [...path, key],
      message: `is no key of ODCS v3.1 at this place; ${remedyOfKey(key, path)}`,
      atKey: true,
    }));
  }
  const last = path.at(-1);
  const here = typeof last === 'string' ? REQUIRED_HERE[last] : undefined;
  const isMissing =
    issue.input === undefined || issue.input === null || (Array.isArray(issue.input) && issue.code === 'too_small');
  if (here !== undefined && isMissing) return [{ ...here, path }];
  if (issue.input === undefined && last !== undefined) {
    return [
      { code: 'MissingKey', path, message: `must be stated: ODCS v3.1 requires it here; add ${addition(String(last), issue)}` },
    ];
  }
  return [{ code: issue.code === 'invalid_value' ? 'UnlistedValue' : 'InvalidShape', path, message: message(issue, path) }];
}

function addition(key: string, issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value') return `'${key}'`;
  const values = issue.values.map(String);
  return values.length === 1 ? `'${key}: ${values.join('')}'` : `'${key}', one of ${values.join(', ')}`;
}

/** How to write a value as the type that it must have. */
function remedyOfType(expected: string, value: unknown, path: DocumentPath): string {
  switch (expected) {
    case 'boolean':
      return 'write true or false, without quotes';
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? 'put it in quotes' : 'write one text';
    case 'number':
    case 'int':
      return 'write its digits alone, without quotes';
    case 'array':
      return "write it as a list: each item on a line of its own, begun with '- '";
    default: {
      const known = knownKeys(path);
      return known.length === 0 ? 'write its keys' : `write its keys, as ${known.slice(0, 6).join(', ')}`;
    }
  }
}

function message(issue: z.core.$ZodIssue, path: DocumentPath): string {
  const value = got(issue.input);
  if (typeof issue.input === 'number' && !Number.isFinite(issue.input))
    return `must be a number that can be held, got one too large for it (${issue.input}); write a smaller one, or leave it out`;
  switch (issue.code) {
    case 'invalid_type':
      if (path.length === 0) return `must be one ODCS contract, got ${value}; begin with apiVersion: v3.1.0`;
      if (path[0] === 'version' && path.length === 1)
        return `must be a version as 'major.minor.patch', got ${value}; write all three, such as 1.0.0`;
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}, got ${value}; ${remedyOfType(issue.expected, issue.input, path)}`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      const text = typeof issue.input === 'string' ? issue.input : '';
      const meant = path.at(-1) === 'logicalType' ? MEANT_TYPE[text.toLowerCase().replace(/\(.*$/, '')] : undefined;
      const isOfStandard = path[0] === 'apiVersion' && !values.includes(`v${text}`);
      const remedy = isOfStandard
        ? `; this reader knows ${values.at(-1) ?? ''} to ${values[0] ?? ''}: write ${values[0] ?? ''}`
        : meant === undefined
          ? didYouMean(text, values) || '; choose one'
          : `; did you mean '${meant}'?`;
      return `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}, got ${value}${remedy}`;
    }
    case 'too_small':
      return `must ${issue.origin === 'array' ? 'hold' : 'be'} ${String(issue.minimum)}${issue.exact === true ? '' : ' at least'}, got ${value}; mend it`;
    case 'too_big':
      return `must ${issue.origin === 'array' ? 'hold' : 'be'} ${String(issue.maximum)} at most, got ${value}; mend it`;
    case 'invalid_format':
      return `must be ${issue.message}, got ${value}; mend it`;
    case 'custom':
      return issue.message;
    case 'invalid_union':
      return `must be a text, a number, true or false, or a list of texts where ODCS v3.1 takes one, got ${value}; mend it`;
    default:
      return `must hold ${issue.message}, got ${value}; mend it`;
  }
}
