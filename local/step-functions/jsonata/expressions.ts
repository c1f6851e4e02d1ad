import { randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { isRecord } from '../../input.ts';
import { isTooDeep } from '../depth.ts';
import { HASH_NAMES, hashOf } from '../hashes.ts';

/** What a field of a state says: JSON whose texts may be JSONata. */
export type Template = unknown;
export type Bindings = Readonly<Record<string, unknown>>;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const EXPRESSION = /^\{%([^]*)%\}$/;

const expressionIn = (text: string): string | undefined => EXPRESSION.exec(text)?.[1];

const compiled = new Map<string, jsonata.Expression>();

function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const program = jsonata(expression);
  program.assign(ENTRY as never, stopWhenLate);
  compiled.set(expression, program);
  return program;
}

/** What JSONata calls before each step of an evaluation. */
const ENTRY = Symbol.for('jsonata.__evaluate_entry');
const LATEST = 'headwaters.latest';
/** Milliseconds of real time: an expression that never ends would hold the runtime for ever. */
const LONGEST_EVALUATION = 5000;
/** Steps for each look at the clock, which costs more than a step. */
const STEPS_A_LOOK = 256;
let steps = 0;

function stopWhenLate(_step: unknown, _input: unknown, environment: { lookup: (name: string) => unknown }): void {
  steps += 1;
  if (steps % STEPS_A_LOOK !== 0) return;
  if (performance.now() > Number(environment.lookup(LATEST))) throw new Error('it takes too long');
}

/** Why a template cannot be evaluated by Step Functions; undefined where it can. */
export function faultOf(template: Template): string | undefined {
  if (Array.isArray(template)) return firstFault(template);
  if (isRecord(template)) return firstFault(Object.values(template));
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  if (expression === undefined) return undefined;
  if (/\$eval\s*\(/.test(expression)) return 'the JSONata function $eval is not supported; use $parse';
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return `no JSONata: ${isRecord(error) ? String(error.message) : 'it cannot be parsed'}`;
  }
}

function firstFault(templates: readonly unknown[]): string | undefined {
  for (const template of templates) {
    const fault = faultOf(template);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const LONGEST_RANGE = 1000;

/** The functions that Step Functions adds to JSONata's own, and those that read a clock. */
function functions(now: number): Bindings {
  return {
    millis: () => now,
    now: (picture?: string, zone?: string) =>
      compile('$fromMillis($time, $picture, $zone)').evaluate({}, { time: now, picture, zone }),
    partition: (items: unknown, size: number): unknown[][] => {
      if (!Array.isArray(items) || !(Number.isInteger(size) && size > 0))
        throw new Error('$partition needs a list and a size from 1');
      const list: readonly unknown[] = items;
      return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
    },
    range: (first: number, last: number, step: number) => {
      const count = Math.floor((last - first) / step) + 1;
      if (!(count <= LONGEST_RANGE)) throw new Error(`$range makes at most ${LONGEST_RANGE} numbers`);
      const numbers = Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
      return count === 1 ? numbers[0] : numbers;
    },
    hash: (text: string, algorithm: string) => {
      const found = hashOf(text, algorithm);
      if (found === undefined) throw new Error(`$hash knows ${HASH_NAMES.join(', ')}`);
      return found;
    },
    random: (seed?: unknown) => {
      if (seed !== undefined) throw new Error('$random with a seed is not simulated');
      return Math.random();
    },
    uuid: () => randomUUID(),
    parse: (text: string) => JSON.parse(text) as unknown,
  };
}

/** Why an expression has no value that a state could take. */
export class EvaluationError extends Error {
  constructor(
    expression: string,
    /** The field, and the members within it. */
    readonly location: string,
    outcome: string,
  ) {
    super(`The JSONata expression '${expression}' specified for the field '${location}' ${outcome}`);
  }
}

/** What a field says that is one expression. */
export const soleExpression = (template: Template): string | undefined =>
  typeof template === 'string' ? expressionIn(template)?.trim() : undefined;

/**
 * The value of a template, at `now` of the simulated clock.
 *
 * @param where The field
 * @throws EvaluationError for an expression that fails, or has no value
 */
export async function evaluate(template: Template, bindings: Bindings, now: number, where: string): Promise<unknown> {
  if (Array.isArray(template)) return Promise.all(template.map((item) => evaluate(item, bindings, now, where)));
  if (isRecord(template)) {
    const members = Object.entries(template).map(
      async ([name, inner]) => [name, await evaluate(inner, bindings, now, `${where}/${name}`)] as const,
    );
    return Object.fromEntries(await Promise.all(members));
  }
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  if (expression === undefined) return template;
  const latest = { [LATEST]: performance.now() + LONGEST_EVALUATION };
  const value = await valueOf(expression, { ...functions(now), ...bindings, ...latest }, where);
  if (value === undefined) throw new EvaluationError(expression.trim(), where, 'returned nothing (undefined).');
  if (isTooDeep(value)) throw new EvaluationError(expression.trim(), where, 'returned JSON that is nested too deeply.');
  if (holdsFunction(value)) throw new EvaluationError(expression.trim(), where, 'returned an unsupported result type.');
  return JSON.parse(JSON.stringify(value)) as unknown; // without the marks that JSONata leaves on its sequences
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (Array.isArray(value)) return value.some(holdsFunction);
  if (!isRecord(value)) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value || Object.values(value).some(holdsFunction);
}

async function valueOf(expression: string, bindings: Bindings, where: string): Promise<unknown> {
  try {
    return (await compile(expression).evaluate(undefined, bindings)) as unknown;
  } catch (error) {
    const message = isRecord(error) && typeof error.message === 'string' ? error.message : String(error);
    const said = isRecord(error) && typeof error.code === 'string' ? `${error.code}: ${message}` : message;
    throw new EvaluationError(expression.trim(), where, `threw an error during evaluation. ${said}`);
  }
}
