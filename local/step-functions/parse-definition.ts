import { randomUUID } from 'node:crypto';
import { Members } from '../input.ts';
import type { ChoiceState, Definition, Exit, Fallible, Machine, MapState, State, TaskState } from './definition.ts';
import { faultOf, soleExpression, type Template } from './expressions.ts';
import { timeOf } from './timestamp.ts';

/** What AWS takes, and nothing here runs. */
export class NotSimulated extends Error {}

/** Fields of the States Language that change what happens, by the type of the state. */
const NOT_SIMULATED: Readonly<Record<string, readonly string[]>> = {
  Task: ['Credentials', 'HeartbeatSeconds'],
  Map: ['ItemBatcher', 'ItemReader', 'ResultWriter'],
};

/** Characters of a state's name. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_NAME = 80;

const LONGEST_LABEL = 40;
const LABEL = /^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]+$/u;

const EXIT = ['Next', 'End', 'Output', 'Assign'];
const EVERY = ['Type', 'Comment', 'QueryLanguage'];

/**
 * Reads a definition in the States Language with JSONata.
 *
 * @param resources What tasks may call: `lambda:invoke`
 * @param refuse Makes the error for what AWS refuses
 * @throws NotSimulated for what AWS takes
 * @see https://states-language.net/spec.html
 */
export function parseDefinition(
  { type, definition }: { readonly type: 'STANDARD' | 'EXPRESS'; readonly definition: Readonly<Record<string, unknown>> },
  resources: readonly string[],
  refuse: (message: string) => Error,
): Definition {
  if (type === 'EXPRESS') throw new NotSimulated('an Express workflow');
  return new DefinitionReader(resources).definition(new Members(definition, refuse));
}

class DefinitionReader {
  private readonly names = new Set<string>();

  constructor(private readonly resources: readonly string[]) {}

  definition(input: Members): Definition {
    input.only(['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version']);
    const language = input.optionalText('QueryLanguage') ?? 'JSONPath';
    if (language === 'JSONPath') throw new NotSimulated("'QueryLanguage' must be JSONata");
    if (language !== 'JSONata') throw input.invalid('QueryLanguage', `must be JSONPath or JSONata, got '${language}'`);
    const timeoutSeconds = wholeFrom(1, input, 'TimeoutSeconds');
    return { ...this.machine(input, []), ...(timeoutSeconds !== undefined && { timeoutSeconds }) };
  }

  /** @param outer Names of the variables around it, which none within may have */
  private machine(input: Members, outer: readonly string[]): Machine {
    const all = input.object('States');
    const names = all.names();
    for (const name of names) this.unique(all, name);
    const own = names.flatMap((name) => variablesOf(all.object(name)));
    const taken = own.find((variable) => outer.includes(variable));
    if (taken !== undefined) throw input.invalid('States', `must not assign '${taken}', which an outer scope assigns`);
    const around = (name: string): readonly string[] =>
      names.filter((other) => other !== name).flatMap((other) => variablesOf(all.object(other)));
    const states = new Map(names.map((name) => [name, this.state(all.object(name), [...outer, ...around(name)])]));
    const startAt = input.text('StartAt');
    const targets = new Set([startAt, ...[...states.values()].flatMap(targetsOf)]);
    for (const target of targets) {
      if (!states.has(target)) throw input.invalid('States', `must hold the state '${target}', which is named as the next`);
    }
    const lost = names.find((name) => !targets.has(name));
    if (lost !== undefined) throw input.invalid('States', `must not hold the state '${lost}', which is not reachable`);
    return { startAt, states };
  }

  private unique(states: Members, name: string): void {
    if (name.length > LONGEST_NAME) throw states.invalid(name, `must have at most ${LONGEST_NAME} characters as its name`);
    if (this.names.has(name)) throw states.invalid(name, 'is the name of another state too');
    this.names.add(name);
  }

  private state(input: Members, variables: readonly string[]): State {
    const language = input.optionalText('QueryLanguage') ?? 'JSONata';
    if (language !== 'JSONata') throw input.invalid('QueryLanguage', `must be JSONata, as its state machine's, got ${language}`);
    const type = input.text('Type');
    const lacking = (NOT_SIMULATED[type] ?? []).find((field) => input.has(field));
    if (lacking !== undefined) throw new NotSimulated(`'${lacking}' of a ${type} state`);
    switch (type) {
      case 'Pass':
        return { type, ...this.exit(this.known(input, EXIT)) };
      case 'Succeed':
        return { type, ...this.outcome(this.known(input, ['Output'])) };
      case 'Fail':
        this.known(input, ['Error', 'Cause']);
        return { type, ...this.templates(input, { error: 'Error', cause: 'Cause' }) };
      case 'Wait':
        this.known(input, [...EXIT, 'Seconds', 'Timestamp']);
        if (input.has('Seconds') === input.has('Timestamp'))
          throw input.invalid('Seconds', 'or Timestamp must be there, and one alone');
        checkTimestamp(input);
        return { type, ...this.exit(input), ...this.templates(input, { seconds: 'Seconds', timestamp: 'Timestamp' }) };
      case 'Choice':
        return this.choice(this.known(input, ['Choices', 'Default', 'Output', 'Assign']));
      case 'Task':
        return this.task(this.known(input, [...EXIT, 'Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch']));
      case 'Parallel':
        return {
          type,
          ...this.exit(this.known(input, [...EXIT, 'Branches', 'Arguments', 'Retry', 'Catch'])),
          ...this.fallible(input),
          ...this.templates(input, { arguments: 'Arguments' }),
          branches: some(input, 'Branches').map((branch) =>
            this.machine(branch.only(['Comment', 'StartAt', 'States']), variables),
          ),
        };
      case 'Map':
        return this.map(input, variables);
      default:
        throw input.invalid('Type', `must be Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map, got '${type}'`);
    }
  }

  private choice(input: Members): ChoiceState {
    const rules = some(input, 'Choices').map((rule) => {
      rule.only(['Condition', 'Next', 'Output', 'Assign', 'Comment']);
      if (!rule.has('Condition')) throw rule.invalid('Condition', 'is required');
      return { ...this.outcome(rule), next: rule.text('Next'), condition: this.template(rule, 'Condition') };
    });
    const otherwise = input.optionalText('Default');
    return { type: 'Choice', rules, ...this.outcome(input), ...(otherwise !== undefined && { next: otherwise }) };
  }

  private task(input: Members): TaskState {
    const resource = input.text('Resource').replace(/^arn:[^:]+:states:::/, '');
    if (!this.resources.includes(resource)) {
      throw new NotSimulated(`the task '${input.text('Resource')}'; simulated: ${this.resources.join(', ')}`);
    }
    return {
      type: 'Task',
      resource,
      ...this.exit(input),
      ...this.fallible(input),
      ...this.templates(input, { arguments: 'Arguments', timeoutSeconds: 'TimeoutSeconds' }),
    };
  }

  private map(input: Members, variables: readonly string[]): MapState {
    this.known(input, [
      ...EXIT,
      'Items',
      'ItemSelector',
      'ItemProcessor',
      'MaxConcurrency',
      'ToleratedFailurePercentage',
      'ToleratedFailureCount',
      'Label',
      'Retry',
      'Catch',
    ]);
    const processor = input.object('ItemProcessor').only(['ProcessorConfig', 'StartAt', 'States', 'Comment']);
    const config = processor.optionalObject('ProcessorConfig')?.only(['Mode', 'ExecutionType']);
    const mode = config?.optionalText('Mode') ?? 'INLINE';
    if (mode !== 'INLINE' && mode !== 'DISTRIBUTED')
      throw processor.invalid('ProcessorConfig.Mode', `must be INLINE or DISTRIBUTED, got '${mode}'`);
    const distributed = mode === 'DISTRIBUTED';
    const type = config?.optionalText('ExecutionType');
    if (distributed && type !== 'STANDARD' && type !== 'EXPRESS')
      throw processor.invalid('ProcessorConfig.ExecutionType', 'must be STANDARD or EXPRESS');
    return {
      type: 'Map',
      ...this.exit(input),
      ...this.fallible(input),
      ...this.templates(input, { items: 'Items', itemSelector: 'ItemSelector' }),
      processor: this.machine(processor, variables),
      distributed,
      express: type === 'EXPRESS',
      label: labelOf(input) ?? randomUUID(),
      maxConcurrency: this.template(input, 'MaxConcurrency') ?? 0,
      ...this.templates(input, { toleratedPercentage: 'ToleratedFailurePercentage', toleratedCount: 'ToleratedFailureCount' }),
    };
  }

  private fallible(input: Members): Fallible {
    for (const list of ['Retry', 'Catch']) {
      const early = input.objects(list).slice(0, -1);
      if (early.some((each) => each.texts('ErrorEquals').includes('States.ALL')))
        throw input.invalid(list, 'must hold States.ALL in its last');
    }
    return {
      retriers: input.objects('Retry').map((retrier) => {
        retrier.only([
          'ErrorEquals',
          'IntervalSeconds',
          'MaxAttempts',
          'BackoffRate',
          'MaxDelaySeconds',
          'JitterStrategy',
          'Comment',
        ]);
        const jitter = retrier.optionalText('JitterStrategy') ?? 'NONE';
        if (jitter !== 'NONE' && jitter !== 'FULL')
          throw retrier.invalid('JitterStrategy', `must be NONE or FULL, got '${jitter}'`);
        const backoffRate = retrier.optionalNumber('BackoffRate') ?? 2;
        if (backoffRate < 1) throw retrier.invalid('BackoffRate', `must be at least 1, got ${backoffRate}`);
        return {
          errors: errorsOf(retrier),
          interval: wholeFrom(1, retrier, 'IntervalSeconds') ?? 1,
          maxAttempts: wholeFrom(0, retrier, 'MaxAttempts') ?? 3,
          backoffRate,
          maxDelaySeconds: wholeFrom(1, retrier, 'MaxDelaySeconds') ?? Infinity,
          jitter: jitter === 'FULL',
        };
      }),
      catchers: input.objects('Catch').map((catcher) => {
        catcher.only(['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment']);
        return { errors: errorsOf(catcher), ...this.outcome(catcher), next: catcher.text('Next') };
      }),
    };
  }

  private exit(input: Members): Exit {
    const next = input.optionalText('Next');
    const end = input.optionalBoolean('End') ?? false;
    if ((next !== undefined) === end) throw input.invalid('Next', 'or End must be there, and one alone');
    return { ...this.outcome(input), ...(next !== undefined && { next }) };
  }

  private outcome(input: Members): Pick<Exit, 'output' | 'assign'> {
    return this.templates(input, { output: 'Output', assign: 'Assign' });
  }

  private known(input: Members, fields: readonly string[]): Members {
    return input.only([...EVERY, ...fields]);
  }

  private templates<Name extends string>(input: Members, fields: Readonly<Record<Name, string>>): { [Key in Name]?: Template } {
    const found: { [Key in Name]?: Template } = {};
    for (const [name, field] of Object.entries(fields) as [Name, string][]) {
      if (input.has(field)) found[name] = this.template(input, field);
    }
    return found;
  }

  private template(input: Members, field: string): Template {
    const template = input.raw(field);
    const fault = faultOf(template);
    if (fault !== undefined) throw input.invalid(field, `has ${fault}`);
    return template;
  }
}

function errorsOf(input: Members): readonly string[] {
  const errors = input.texts('ErrorEquals');
  if (errors.length === 0) throw input.invalid('ErrorEquals', 'must hold a name');
  if (errors.includes('States.ALL') && errors.length > 1) throw input.invalid('ErrorEquals', 'must hold States.ALL alone');
  return errors;
}

/** A time that is no expression. */
function checkTimestamp(input: Members): void {
  const timestamp = input.raw('Timestamp');
  if (timestamp === undefined || soleExpression(timestamp) !== undefined) return;
  if (typeof timestamp !== 'string' || timeOf(timestamp) === undefined)
    throw input.invalid('Timestamp', 'must be an RFC3339 timestamp, or an expression');
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
function labelOf(input: Members): string | undefined {
  const label = input.optionalText('Label');
  if (label === undefined || (label.length <= LONGEST_LABEL && LABEL.test(label))) return label;
  throw input.invalid(
    'Label',
    `must have 1 to ${LONGEST_LABEL} characters, and neither white space, wildcards, brackets nor controls`,
  );
}

/** Names of the variables that a state assigns in its own scope. */
function variablesOf(state: Members): readonly string[] {
  const assigning = [state, ...state.objects('Choices'), ...state.objects('Catch')];
  return [...new Set(assigning.flatMap((each) => each.optionalObject('Assign')?.names() ?? []))];
}

function some(input: Members, list: string): Members[] {
  const found = input.objects(list);
  if (found.length === 0) throw input.invalid(list, 'must not be empty');
  return found;
}

function wholeFrom(least: number, input: Members, name: string): number | undefined {
  const value = input.optionalNumber(name);
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
  throw input.invalid(name, `must be a whole number from ${least}, got ${value}`);
}

function targetsOf(state: State): readonly string[] {
  if (state.type === 'Fail') return [];
  const own = state.next === undefined ? [] : [state.next];
  if (state.type === 'Choice') return [...own, ...state.rules.flatMap(({ next = '' }) => [next])];
  return 'catchers' in state ? [...own, ...state.catchers.flatMap(({ next = '' }) => [next])] : own;
}
