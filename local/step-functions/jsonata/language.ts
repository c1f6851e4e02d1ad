import type { Members } from '../../input.ts';
import type { Evaluate, Leave, Outcome } from '../definition.ts';
import type { Language } from '../language.ts';
import type { Variables } from '../strand.ts';
import { timeOf } from '../timestamp.ts';
import { faultOf, soleExpression, type Template } from './expressions.ts';
import { countOf, numberOf, unexpected, unfit, valueOf, withoutValue } from './fields.ts';

const OUTCOME = ['Output', 'Assign'];
const PERCENTAGE = { allowed: (value: number) => value <= 100, rule: 'a number from 0 to 100' };

const given: Evaluate = async (step) => step.input;

/** JSONata: any text of a field may be an expression. */
export const jsonata: Language = {
  fields: {
    Pass: OUTCOME,
    Succeed: ['Output'],
    Fail: ['Error', 'Cause'],
    Wait: [...OUTCOME, 'Seconds', 'Timestamp'],
    Choice: OUTCOME,
    Task: [...OUTCOME, 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds'],
    Parallel: [...OUTCOME, 'Arguments'],
    Map: [...OUTCOME, 'Items', 'ItemSelector', 'MaxConcurrency', 'ToleratedFailurePercentage', 'ToleratedFailureCount'],
  },
  catcherFields: OUTCOME,
  argumentsField: 'Arguments',
  itemCounts: { reader: [], batcher: [] },
  given: () => given,
  passed: () => given,
  arguments: (state) => value(state, 'Arguments') ?? given,
  leave: leaveOf,
  caught: leaveOf,
  rule: (rule) => {
    rule.only(['Condition', 'Next', 'Comment', ...OUTCOME]);
    if (!rule.has('Condition')) throw rule.invalid('Condition', 'is required');
    return { holds: condition(template(rule, 'Condition')), leave: leaveOf(rule) };
  },
  until: (state) => {
    if (state.has('Seconds') === state.has('Timestamp'))
      throw state.invalid('Seconds', 'or Timestamp must be there, and one alone');
    checkTimestamp(state);
    if (state.has('Timestamp')) return timestamp(template(state, 'Timestamp'));
    const seconds = template(state, 'Seconds');
    return async (step, now) => now + (await countOf(step, seconds, 'Seconds', now)) * 1000;
  },
  said: (state, field) => {
    if (!state.has(field)) return undefined;
    const said = template(state, field);
    return async (step, now) => text(await valueOf(step, said, field, now));
  },
  items: (state) => (state.has('Items') ? items(template(state, 'Items')) : inputItems),
  itemSelector: (state) => value(state, 'ItemSelector'),
  filled: value,
  count: (state, field) => {
    if (!state.has(field)) return undefined;
    const count = template(state, field);
    return (step, now) => countOf(step, count, field, now);
  },
  percentage: (state) => {
    if (!state.has('ToleratedFailurePercentage')) return undefined;
    const percentage = template(state, 'ToleratedFailurePercentage');
    return (step, now) => numberOf(step, percentage, 'ToleratedFailurePercentage', now, PERCENTAGE);
  },
};

function template(input: Members, field: string): Template {
  const found = input.raw(field);
  const fault = faultOf(found);
  if (fault !== undefined) throw input.invalid(field, `has ${fault}`);
  return found;
}

function value(input: Members, field: string): Evaluate | undefined {
  if (!input.has(field)) return undefined;
  const found = template(input, field);
  return (step, now) => valueOf(step, found, field, now);
}

function leaveOf(input: Members): Leave {
  const [output, assign] = [template(input, 'Output'), template(input, 'Assign')];
  return async (step, outcome, now) => {
    const states = seen(outcome);
    return {
      output: output === undefined ? outcome.value : await valueOf(step, output, 'Output', now, states),
      assigned: assign === undefined ? {} : ((await valueOf(step, assign, 'Assign', now, states)) as Variables),
    };
  };
}

/** What `$states` has of it. */
function seen({ kind, value: of }: Outcome): object {
  if (kind === 'result') return { result: of };
  return kind === 'error' ? { errorOutput: of } : {};
}

const condition =
  (rule: Template): Evaluate<boolean> =>
  async (step, now) => {
    const holds = await valueOf(step, rule, 'Choices/Condition', now);
    if (typeof holds !== 'boolean') throw unexpected(step, rule, 'Choices/Condition', 'boolean', holds);
    return holds;
  };

/** A time that is no expression. */
function checkTimestamp(state: Members): void {
  const found = state.raw('Timestamp');
  if (found === undefined || soleExpression(found) !== undefined) return;
  if (typeof found !== 'string' || timeOf(found) === undefined)
    throw state.invalid('Timestamp', 'must be an RFC3339 timestamp, or an expression');
}

const timestamp =
  (of: Template): Evaluate<number> =>
  async (step, now) => {
    const said = text(await valueOf(step, of, 'Timestamp', now));
    const time = timeOf(said);
    if (time !== undefined) return time;
    const fault = 'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string';
    throw unfit(step, `${fault}: ${said}`, 'Timestamp');
  };

const items =
  (of: Template): Evaluate<readonly unknown[]> =>
  async (step, now) => {
    const found = await valueOf(step, of, 'Items', now);
    if (Array.isArray(found)) return found as readonly unknown[];
    throw unexpected(step, of, 'Items', 'array', found);
  };

const inputItems: Evaluate<readonly unknown[]> = async (step) => {
  if (Array.isArray(step.input)) return step.input as readonly unknown[];
  throw withoutValue(step, `Map state input must be an array but was: ${JSON.stringify(step.input)}`);
};

const text = (of: unknown): string => (typeof of === 'string' ? of : JSON.stringify(of));
