import type { Column, DatasetContract } from '../../../core/contract/model.ts';
import type { EventFields } from './base-events.ts';

/** An event with known values, and one more of them to be put where it does not belong. */
export interface Spoilable {
  readonly dataset: DatasetContract;
  readonly fields: EventFields;
  /** As JSON. */
  readonly stray: string;
}

/** Makes an event one that the platform must refuse; undefined where the dataset has no place for it. */
export type Spoil = (event: Spoilable) => Uint8Array | undefined;

export const eventText = (fields: EventFields): string =>
  `{${[...fields].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;

const encode = (text: string): Uint8Array => Buffer.from(text);
const withField = (fields: EventFields, name: string, json: string): Uint8Array =>
  encode(eventText(new Map(fields).set(name, json)));
const isProtected = ({ protection }: Column): boolean => protection !== undefined;
/** Deeper than any reader goes. */
const DEPTH = 1000;

/** Puts the stray value, or what `json` makes of a column, in place of the first column that `of` chooses. */
const replacing =
  (of: (column: Column, dataset: DatasetContract) => boolean, json: (value: string, column: Column) => string): Spoil =>
  ({ dataset, fields, stray }) => {
    const column = dataset.columns.find((each) => of(each, dataset) && fields.has(each.name));
    if (column === undefined) return undefined;
    return withField(fields, column.name, json(isProtected(column) ? (fields.get(column.name) ?? stray) : stray, column));
  };

const textOf = (json: string): string => String(JSON.parse(json));
const isText = ({ type }: Column): boolean => type.kind === 'string';

/** Every way in which an event is spoilt here, by name. */
export const SPOILT: Readonly<Record<string, Spoil>> = {
  'cut short': ({ fields }) => encode(eventText(fields).slice(0, -1)),
  'not UTF-8': ({ fields }) => Buffer.concat([encode(eventText(fields).slice(0, -1)), Buffer.from([0xff, 0x7d])]),
  'a list of it': ({ fields }) => encode(`[${eventText(fields)}]`),
  'a text of it': ({ fields }) => encode(JSON.stringify(eventText(fields))),
  'twice in a line': ({ fields }) => encode(`${eventText(fields)}${eventText(fields)}`),
  'a line of values': ({ fields }) => encode([...fields.values()].join(';')),
  'broken over two lines': ({ fields }) => encode(eventText(fields).replace(',', ',\n"')),
  'a key twice': ({ dataset, fields }) => {
    const key = dataset.columns.find(isProtected)?.name ?? '';
    return encode(`${eventText(fields).slice(0, -1)},${JSON.stringify(key)}:${fields.get(key) ?? 'null'}}`);
  },
  'a key in capitals': ({ dataset, fields, stray }) =>
    withField(fields, (dataset.columns.find(isProtected)?.name ?? '').toUpperCase(), stray),
  'too deep': ({ fields, stray }) => withField(fields, 'unheard_of', `${'['.repeat(DEPTH)}${stray}${']'.repeat(DEPTH)}`),
  'a value for a time': replacing(
    ({ name }, { eventTimeField }) => name === eventTimeField,
    (stray) => stray,
  ),
  'a value for a number': replacing(
    (column) => !isText(column) && !isProtected(column) && column.type.kind !== 'timestamp',
    (stray) => stray,
  ),
  'a value not listed': replacing(
    ({ validValues }) => validValues !== undefined,
    (stray) => stray,
  ),
  'a value beside its pattern': replacing(
    (column) => column.type.kind === 'string' && column.type.pattern !== undefined,
    (stray) => stray,
  ),
  'a value in a list': replacing(
    (column) => isProtected(column) && isText(column),
    (json) => `[${json}]`,
  ),
  'a value as a key': replacing(
    (column) => isProtected(column) && isText(column),
    (json) => `{${json}:true}`,
  ),
  'a value with a NUL': replacing(
    (column) => isProtected(column) && isText(column),
    (json) => JSON.stringify(`${textOf(json)}\0`),
  ),
  'a value with half a character': replacing(
    (column) => isProtected(column) && isText(column),
    (json) => `${json.slice(0, -1)}\\ud83d"`,
  ),
  'a value too long': replacing(
    ({ type, protection }) => protection !== undefined && type.kind === 'string' && type.maxLength !== undefined,
    (json, { type }) => JSON.stringify(`${textOf(json)} ${'x'.repeat(type.kind === 'string' ? (type.maxLength ?? 0) : 0)}`),
  ),
  'without its time': ({ dataset, fields }) => withField(fields, dataset.eventTimeField, 'null'),
  'from the future': ({ dataset, fields }) => withField(fields, dataset.eventTimeField, '"2031-01-01T00:00:00Z"'),
  'of old times': ({ dataset, fields }) => withField(fields, dataset.eventTimeField, '"1971-01-01T00:00:00Z"'),
};
