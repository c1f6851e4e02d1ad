import fc from 'fast-check';
import { fromReleased, toReleased } from '../../../../core/contract/compatibility/released.ts';
import { ContractError } from '../../../../core/contract/fault.ts';
import type { DataContract } from '../../../../core/contract/model.ts';
import { someColumns } from './arbitraries.ts';
import { contract, dataset } from './fixtures.ts';

/** The same value, with the keys of each object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
}

const codes = (text: string): readonly string[] => {
  try {
    fromReleased(text, 'sales/orders@1.0.0.json');
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.faults.map((fault) => `${fault.source} ${fault.code} ${fault.path.join('.')}`);
  }
};

test('a contract is read as it was released', () => {
  expect(fromReleased(toReleased(contract()))).toEqual(contract());
  fc.assert(
    fc.property(someColumns, (columns) => {
      const one = contract({ datasets: [dataset({ columns })] });
      expect(fromReleased(toReleased(one))).toEqual(one);
    }),
  );
});

test('one contract has one text, whatever the order of its keys', () => {
  fc.assert(
    fc.property(someColumns, (columns) => {
      const one = contract({ datasets: [dataset({ columns })] });
      const text = toReleased(one);
      expect(toReleased(turned(one) as DataContract)).toBe(text);
      expect(toReleased(fromReleased(text))).toBe(text);
    }),
  );
});

test('the text begins with its keys in order, and ends with a line feed', () => {
  const text = toReleased(contract({ datasets: [] }));
  expect(text.split('\n').slice(0, 4)).toEqual(['{', '  "contract": {', '    "datasets": [],', '    "description": {']);
  expect(text.endsWith('  "format": 1\n}\n')).toBe(true);
});

test('a key without a value is left out', () => {
  expect(toReleased(contract({ datasets: [dataset({ sequenceField: undefined })] }))).not.toContain('sequenceField');
});

const released = (change: (document: { format?: unknown; contract: Record<string, unknown> }) => void): string => {
  const document = JSON.parse(toReleased(contract())) as { format?: unknown; contract: Record<string, unknown> };
  change(document);
  return JSON.stringify(document);
};

test.each<[string, string, string[]]>([
  ['no JSON', '{', ['ReleasedNotJson ']],
  ['nothing', '', ['ReleasedNotJson ']],
  ['another document', '[]', ['ReleasedInvalid ']],
  ['a later format', released((document) => (document.format = 2)), ['ReleasedFormatUnknown format']],
  ['no format', released((document) => delete document.format), ['ReleasedFormatUnknown format']],
  ['a missing key', released(({ contract: held }) => delete held.owner), ['ReleasedInvalid contract.owner']],
  ['an unknown key', released(({ contract: held }) => (held.colour = 'red')), ['ReleasedInvalid contract']],
  ['a value of another type', released(({ contract: held }) => (held.owner = 1)), ['ReleasedInvalid contract.owner']],
])('fails when it is %s', (_what, text, expected) => {
  expect(codes(text)).toEqual(expected.map((code) => `sales/orders@1.0.0.json ${code}`));
});

test('fails without a word of what the file holds', () => {
  expect(() => fromReleased('{"secret": 1')).toThrow(
    'released contract: ReleasedNotJson: must be JSON; restore the file from version control',
  );
});
