import type { DatasetContract } from '../../../core/contract/model.ts';
import { baseEvents } from './base-events.ts';
import { Draw } from './draw.ts';
import { knownText } from './known-text.ts';
import { knownValues, type KnownValue } from './known-value.ts';
import { protectedFields } from './protected-field.ts';
import { eventText, SPOILT } from './spoil.ts';

/** A text that a run was given, and that may be found where originals lie alone. */
export interface Secret {
  /** The field, or the place, that it was given in. */
  readonly of: string;
  /** Number of the value in that place. */
  readonly number: number;
  readonly text: string;
  /** What became of the record that carried it. `key`: it was the key of a record, and no part of it. */
  readonly fate: 'accepted' | 'rejected' | 'key';
}

/** What one dataset is given. */
export interface KnownEvents {
  readonly dataset: DatasetContract;
  readonly accepted: readonly Uint8Array[];
  /** Those of the accepted that have no attribute which nobody knows. */
  readonly regular: readonly Uint8Array[];
  readonly rejected: readonly Uint8Array[];
  /** Partition keys of people who do not know better. */
  readonly keys: readonly string[];
  readonly secrets: readonly Secret[];
  /** Protected fields whose values tell too little to be looked for. */
  readonly narrow: readonly string[];
}

/** Every so many accepted events, one has an attribute that nobody knows, named and filled with what is secret. */
const UNKNOWN_EVERY = 7;
/** Rejected events for each way of spoiling one, at least. */
const EACH_WAY = 2;
const UNKNOWN = { kind: 'string', maxLength: 40 } as const;
const MAIL = { kind: 'string', format: 'email' } as const;

/** What every dataset is given that protects something. */
export async function knownEventsOf(datasets: readonly DatasetContract[], count: number): Promise<readonly KnownEvents[]> {
  const all: KnownEvents[] = [];
  for (const dataset of datasets) {
    const known = await knownEvents(dataset, count);
    if (known !== undefined) all.push(known);
  }
  return all;
}

/**
 * Events whose protected fields hold known values: `count` that are accepted, and some that are rejected in every way there is. The same
 * arguments give the same. Undefined for a dataset that protects nothing.
 */
async function knownEvents(dataset: DatasetContract, count: number): Promise<KnownEvents | undefined> {
  const fields = protectedFields([dataset]);
  if (fields.length === 0) return undefined;
  const rejections = Math.max(Math.ceil(count / 10), EACH_WAY * Object.keys(SPOILT).length);
  const total = count + rejections;
  const values = fields.map(({ name, column }) => ({ name, column, values: knownValues(column, name, total) }));
  const wide = values.filter((field) => field.values.length === total);
  const secrets: Secret[] = [];
  const tell = (of: string, number: number, { secrets: texts }: Pick<KnownValue, 'secrets'>, fate: Secret['fate']): void => {
    for (const text of texts) secrets.push({ of, number, text, fate });
  };
  const strayOf = (place: string, number: number) => {
    const known = knownText(
      place === 'partition key' ? MAIL : UNKNOWN,
      number,
      new Draw(`${dataset.domain}.${dataset.name}/${place}/${number}`),
    );
    if (known === undefined) throw new RangeError('a free text always has room');
    return known;
  };
  const events = (await baseEvents(dataset, total)).map((base, number) => {
    const event = new Map(base);
    for (const { column, values: known } of wide) event.set(column.name, known[number]?.json ?? 'null');
    return event;
  });

  const accepted = events.slice(0, count).map((event, number) => {
    for (const { name, values: known } of wide) tell(name, number, known[number] ?? { secrets: [] }, 'accepted');
    if (number % UNKNOWN_EVERY !== 0) return Buffer.from(eventText(event));
    const [key, value] = [strayOf('unknown name', number), strayOf('unknown value', number)];
    tell('name of an unknown attribute', number, key, 'accepted');
    tell('value of an unknown attribute', number, value, 'accepted');
    return Buffer.from(eventText(new Map(event).set(key.text, JSON.stringify(value.text))));
  });

  const ways = Object.values(SPOILT);
  const rejected = events.slice(count).flatMap((event, place) => {
    const number = count + place;
    const stray = strayOf('stray', number);
    const json = JSON.stringify(stray.text);
    const bytes = ways[place % ways.length]?.({ dataset, fields: event, stray: json });
    if (bytes === undefined) return [];
    for (const { name, values: known } of wide) tell(name, number, known[number] ?? { secrets: [] }, 'rejected');
    if (Buffer.from(bytes).includes(json)) tell('value in a wrong place', number, stray, 'rejected');
    return [bytes];
  });

  const keys = Array.from({ length: rejections }, (_, number) => strayOf('partition key', number));
  for (const [number, key] of keys.entries()) tell('partition key', number, key, 'key');
  return {
    dataset,
    accepted,
    regular: accepted.filter((_, number) => number % UNKNOWN_EVERY !== 0),
    rejected,
    keys: keys.map(({ text }) => text),
    secrets,
    narrow: values.filter((field) => field.values.length < total).map(({ name }) => name),
  };
}
