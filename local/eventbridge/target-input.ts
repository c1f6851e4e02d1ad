import { isRecord } from '../input.ts';

/** What is told beside an event. */
export interface Telling {
  readonly rule: { readonly name: string; readonly arn: string };
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
}

/** What a template made that is no JSON, though its target was to get JSON. */
export class NoJson {
  constructor(readonly text: string) {}
}

/** What a target gets of an event; undefined where that is nothing. */
export type MakeInput = (event: object, telling: Telling) => string | NoJson | undefined;

/** Members within members, by name or by place: `$.detail.items[0].id`. */
const PATH = /^\$(?:\.[\w-]+|\[\d+\])*$/;

/** Why an input is made in a way that is not simulated. */
export class UnknownInput extends Error {}

/** What a template names that it does not define. */
export class UnknownPlaceholder extends Error {
  constructor(readonly placeholder: string) {
    super(`contains invalid placeholder ${placeholder}.`);
  }
}

/** @throws UnknownInput */
export function parsePath(path: string): (event: unknown) => unknown {
  if (!PATH.test(path)) throw new UnknownInput(`the path '${path}' of an input`);
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, place]) => name ?? Number(place));
  return (event) =>
    steps.reduce<unknown>((value, step) => {
      if (typeof step === 'number') return Array.isArray(value) ? (value[step] as unknown) : undefined;
      return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    }, event);
}

/** A part of an event in the place of it. @throws UnknownInput */
export function partOf(path: string): MakeInput {
  const valueOf = parsePath(path);
  return (event) => {
    const value = valueOf(event);
    return value === undefined ? undefined : JSON.stringify(value);
  };
}

/** What every template may name. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const PREDEFINED: Readonly<Record<string, (event: object, telling: Telling) => unknown>> = {
  'aws.events.rule-arn': (_event, { rule }) => rule.arn,
  'aws.events.rule-name': (_event, { rule }) => rule.name,
  'aws.events.event.ingestion-time': (_event, { time }) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
  'aws.events.event': (event) =>
    Object.fromEntries(
      Object.entries(event).flatMap(([name, value]) =>
        name === 'detail' ? [] : [[name === 'detail-type' ? 'detailType' : name, value as unknown]],
      ),
    ),
  'aws.events.event.json': (event) => event,
};

const PLACEHOLDER = /<([^<>\s]+)>/g;

/**
 * An input made of a template and parts of the event: JSON, or a text in quotes.
 *
 * @param paths By the names that the template gives them
 * @throws UnknownInput, UnknownPlaceholder
 */
export function transformer(paths: Readonly<Record<string, string>>, template: string): MakeInput {
  const values = new Map<string, (event: object, telling: Telling) => unknown>(Object.entries(PREDEFINED));
  for (const [name, path] of Object.entries(paths)) values.set(name, parsePath(path));
  for (const [, name = ''] of template.matchAll(PLACEHOLDER)) if (!values.has(name)) throw new UnknownPlaceholder(name);
  const begin = template.trim().charAt(0);
  if (begin !== '"' && begin !== '{') throw new UnknownInput('an input template that is neither an object nor a text in quotes');
  const isText = begin === '"';
  return (event, telling) => {
    const made = template.replace(PLACEHOLDER, (_placeholder, name: string, at: number) => {
      const value = values.get(name)?.(event, telling) ?? '';
      return isText || inQuotes(template, at) ? bare(value, isText) : JSON.stringify(value);
    });
    return isText || isJson(made) ? made : new NoJson(made);
  };
}

/** A value within a text: one that is no text stands there as JSON, in a text of its own without quotes. */
function bare(value: unknown, withoutQuotes: boolean): string {
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  const json = JSON.stringify(value);
  return withoutQuotes ? json.replaceAll('"', '') : json;
}

const inQuotes = (template: string, at: number): boolean =>
  (template.slice(0, at).replaceAll(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
