import type { Members } from '../../input.ts';
import type { Evaluate, Leave } from '../definition.ts';
import type { CountField, Language } from '../language.ts';
import type { Step, Variables } from '../strand.ts';
import { timeOf } from '../timestamp.ts';
import { comparison } from './comparison.ts';
import { Fault, ofState } from './fault.ts';
import { compileExpression, compileTemplate, type Compiled } from './payload.ts';
import { NothingGiven, PathError, PathFault, Query, type Scope } from './query.ts';
import { placed } from './result-path.ts';

const PATHS = ['InputPath', 'OutputPath'];
const RESULT = [...PATHS, 'Assign', 'Parameters', 'ResultPath'];
const withPath = (...fields: string[]): string[] => fields.flatMap((field) => [field, `${field}Path`]);

/** JSONPath: fields in which paths choose, templates that are filled from them, and comparisons. */
export const jsonpath: Language = {
  fields: {
    Pass: [...RESULT, 'Result'],
    Succeed: PATHS,
    Fail: withPath('Error', 'Cause'),
    Wait: [...PATHS, 'Assign', ...withPath('Seconds', 'Timestamp')],
    Choice: [...PATHS, 'Assign'],
    Task: [...RESULT, 'ResultSelector', ...withPath('TimeoutSeconds', 'HeartbeatSeconds')],
    Parallel: [...RESULT, 'ResultSelector'],
    Map: [
      ...RESULT,
      'ResultSelector',
      'Iterator',
      'ItemsPath',
      'ItemSelector',
      ...withPath('MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'),
    ],
  },
  catcherFields: ['ResultPath', 'Assign'],
  argumentsField: 'Parameters',
  itemCounts: { reader: ['MaxItemsPath'], batcher: ['MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath'] },
  given: (state) => {
    const select = selector(state, 'InputPath');
    return async (step) => ofState(step, () => select(scopeOf(step, step.input)));
  },
  passed: (state) => {
    const result = state.raw('Result');
    return state.has('Result') ? async () => result : parameters(state);
  },
  arguments: parameters,
  leave: leaveOf,
  rule: (rule, state) => {
    const holds = reading(rule, 'Variable', () => comparison(rule, ['Next', 'Comment', 'Assign']));
    const [assign, select] = [template(rule, 'Assign'), selector(state, 'OutputPath')];
    return {
      holds: async (step) => ofState(step, () => holds(scopeOf(step, step.given))),
      leave: leaving(assign, select),
    };
  },
  caught: (catcher) => {
    const [assign, place] = [template(catcher, 'Assign'), placing(catcher)];
    return async (step, { value }) => {
      const error = { Error: '', Cause: '', ...(value as object) };
      return ofState(step, () => ({ output: place(step.input, error), assigned: assigned(assign, step, error) }));
    };
  },
  until: (state) => {
    const [field, ...more] = withPath('Seconds', 'Timestamp').filter((name) => state.has(name));
    if (field === undefined || more.length > 0)
      throw state.invalid('Seconds', 'or one of SecondsPath, Timestamp and TimestampPath must be there, and one alone');
    if (field === 'Seconds') {
      const seconds = numberOf(state, field);
      if (!Number.isInteger(seconds) || seconds < 0) throw state.invalid(field, `must be a whole number from 0, got ${seconds}`);
      return async (_step, now) => now + seconds * 1000;
    }
    if (field === 'Timestamp') {
      const time = timeOf(state.text(field));
      if (time === undefined) throw state.invalid(field, 'must be an RFC3339 timestamp');
      return async () => time;
    }
    const query = queryOf(state, field);
    return async (step, now) =>
      ofState(step, () => (field === 'SecondsPath' ? now + secondsAt(step, query) * 1000 : timeAt(step, query)));
  },
  said: (state, field) => {
    const literal = state.optionalText(field);
    const byPath = `${field}Path`;
    if (!state.has(byPath)) return literal === undefined ? undefined : async () => literal;
    if (literal !== undefined) throw state.invalid(field, `or ${byPath} may be there, not both`);
    const expression = reading(state, byPath, () => compileExpression(state.text(byPath), byPath));
    return async (step) =>
      ofState(step, () => {
        const said = expression(scopeOf(step, step.input));
        if (typeof said === 'string') return said;
        throw new Fault(`The value of the field '${byPath}' must be a string.`);
      });
  },
  items: (state) => {
    const query = queryOf(state, 'ItemsPath', '$');
    return async (step) =>
      ofState(step, () => {
        const items = valueAt(query, scopeOf(step, step.given));
        if (Array.isArray(items)) return items as readonly unknown[];
        throw new Fault(`Reference path "${query.within}" must point to array.`);
      });
  },
  itemSelector: (state) => {
    if (state.has('ItemSelector') && state.has('Parameters'))
      throw state.invalid('Parameters', 'must not stand beside ItemSelector');
    return filled(state, state.has('Parameters') ? 'Parameters' : 'ItemSelector');
  },
  filled,
  count: (state, field) =>
    number(state, field, {
      kind: 'integer',
      allowed: Number.isInteger,
      check: (value) => {
        if (value < LEAST[field]) throw new Fault(`${field} ${LEAST[field] === 0 ? 'cannot be negative' : 'must be positive'}.`);
      },
    }),
  percentage: (state) =>
    number(state, 'ToleratedFailurePercentage', {
      kind: 'float',
      allowed: () => true,
      check: (value) => {
        if (value < 0 || value > 100) throw new Fault('ToleratedFailurePercentage must be between 0 and 100.');
      },
    }),
};

const LEAST: Readonly<Record<CountField, number>> = {
  TimeoutSeconds: 1,
  HeartbeatSeconds: 1,
  MaxConcurrency: 0,
  ToleratedFailureCount: 0,
  MaxItems: -Infinity, // the reader judges it
  MaxItemsPerBatch: 1,
  MaxInputBytesPerBatch: 1,
};

const scopeOf = ({ strand, variables }: Step, root: unknown): Scope => ({ root, context: strand.context, variables });

/** Reads a part of a definition; for a path that is none, the error names its field. */
function reading<Read>(input: Members, field: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PathFault)) throw error;
    throw input.invalid(field, `must be a valid JSONPath or intrinsic function, which ${error.message}`);
  }
}

function queryOf(input: Members, field: string, otherwise?: string): Query {
  const text = otherwise !== undefined && !input.has(field) ? otherwise : input.text(field);
  const query = reading(input, field, () => new Query(text));
  if (!query.isReference) throw input.invalid(field, `must be a reference path, which finds one value, got '${text}'`);
  return query;
}

function template(input: Members, field: string): Compiled | undefined {
  if (!input.has(field)) return undefined;
  input.object(field);
  return reading(input, field, () => compileTemplate(input.raw(field)));
}

/** @throws Fault */
function valueAt(query: Query, scope: Scope): unknown {
  try {
    return query.read(scope) ?? null;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new Fault(error instanceof NothingGiven ? error.message : `Invalid path '${query.text}' : ${error.message}`);
  }
}

/** `InputPath` or `OutputPath`: null chooses an empty object. */
function selector(input: Members, field: string): Compiled {
  if (!input.has(field)) return ({ root }) => root;
  if (input.raw(field) === null) return () => ({});
  const query = reading(input, field, () => new Query(input.text(field)));
  return query.text === '$' ? ({ root }) => root : (scope) => valueAt(query, scope);
}

function filled(part: Members, field: string): Evaluate | undefined {
  const compiled = template(part, field);
  return compiled && (async (step) => ofState(step, () => compiled(scopeOf(step, step.given))));
}

function parameters(state: Members): Evaluate {
  return filled(state, 'Parameters') ?? (async (step) => step.given);
}

/** `ResultPath`: null leaves the input as it is. */
function placing(input: Members): (into: unknown, value: unknown) => unknown {
  if (input.raw('ResultPath') === null) return (into) => into;
  const query = queryOf(input, 'ResultPath', '$');
  if (!query.isOfInput) throw input.invalid('ResultPath', `must begin at the input, got '${query.text}'`);
  return (into, value) => placed(into, query, value);
}

const assigned = (assign: Compiled | undefined, step: Step, root: unknown): Variables =>
  assign === undefined ? {} : (assign(scopeOf(step, root)) as Variables);

const leaving =
  (assign: Compiled | undefined, select: Compiled): Leave =>
  async (step, { value }) =>
    ofState(step, () => ({ output: select(scopeOf(step, value)), assigned: assigned(assign, step, value) }));

function leaveOf(state: Members): Leave {
  const [assign, select] = [template(state, 'Assign'), selector(state, 'OutputPath')];
  const hasResult = !['Wait', 'Choice', 'Succeed'].includes(state.text('Type'));
  if (!hasResult) return leaving(assign, select);
  const [selected, place] = [template(state, 'ResultSelector'), placing(state)];
  return async (step, { value }) =>
    ofState(step, () => {
      const result = selected === undefined ? value : selected(scopeOf(step, value));
      return { output: select(scopeOf(step, place(step.input, result))), assigned: assigned(assign, step, value) };
    });
}

/** A number that is written as one. */
function numberOf(state: Members, field: string): number {
  if (typeof state.raw(field) === 'string') throw state.invalid(field, 'must be a number, not a text');
  return state.number(field);
}

/** A number that is written, or found by a path. */
function number(
  state: Members,
  field: string,
  {
    kind,
    allowed,
    check,
  }: { readonly kind: string; readonly allowed: (value: number) => boolean; readonly check: (value: number) => void },
): Evaluate<number> | undefined {
  const byPath = `${field}Path`;
  if (state.has(field) && state.has(byPath)) throw state.invalid(field, `or ${byPath} may be there, not both`);
  if (state.has(field)) {
    const value = numberOf(state, field);
    try {
      if (!allowed(value)) throw new Fault(`must be a valid ${kind}`);
      check(value);
    } catch (error) {
      throw error instanceof Fault ? state.invalid(field, `is not lawful: ${error.message}`) : error;
    }
    return async () => value;
  }
  if (!state.has(byPath)) return undefined;
  const query = queryOf(state, byPath);
  return async (step) =>
    ofState(step, () => {
      const found = valueAt(query, scopeOf(step, step.given));
      const value = numberIn(found);
      if (value === undefined || !allowed(value))
        throw new Fault(`The ${byPath} field refers to value "${written(found)}" which is not a valid ${kind}: ${query.text}`);
      check(value);
      return value;
    });
}

function secondsAt(step: Step, query: Query): number {
  const found = inputAt(step, query, 'SecondsPath');
  const [said, seconds] = [`${query.text} == ${written(found)}`, numberIn(found)];
  if (seconds === undefined || !Number.isInteger(seconds))
    throw new Fault(`The SecondsPath parameter cannot be parsed as a long value: ${said}`);
  if (seconds < 0) throw new Fault(`The SecondsPath parameter references a negative value: ${said}`);
  return seconds;
}

/** Of a number, or of a text that is one. */
function numberIn(value: unknown): number | undefined {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
  return isNumber ? Number(value) : undefined;
}

function timeAt(step: Step, query: Query): number {
  const value = inputAt(step, query, 'TimestampPath');
  const time = typeof value === 'string' ? timeOf(value) : undefined;
  if (time !== undefined) return time;
  throw new Fault(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${query.text} == ${written(value)}`,
  );
}

function inputAt(step: Step, query: Query, field: string): unknown {
  try {
    return query.read(scopeOf(step, step.given)) ?? null;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new Fault(`The ${field} parameter does not reference an input value: ${query.text}`);
  }
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
