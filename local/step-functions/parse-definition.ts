import { Members } from '../input.ts';
import type { ChoiceState, Definition, Exit, Machine, State, TaskState } from './definition.ts';
import { jsonata } from './jsonata/language.ts';
import { jsonpath } from './jsonpath/language.ts';
import { NotSimulated, type Language } from './language.ts';
import { mapFields } from './parse-map.ts';
import { fallible } from './parse-retries.ts';
import { present } from './present.ts';
import type { Integration } from './tasks/integration.ts';
import { readResource, type Integrations } from './tasks/integrations.ts';
import { wholeFrom } from './whole-from.ts';

/** Fields of the States Language that change what happens, by the type of the state. */
const NOT_SIMULATED: Readonly<Record<string, readonly string[]>> = {
  Task: ['Credentials'],
};

/** Characters of a state's name. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_NAME = 80;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
const VARIABLE = /^[\p{ID_Start}_]\p{ID_Continue}{0,79}$/u;

const ACTIVITY = /^arn:[^:]+:states:[^:]*:\d{12}:activity:/;
const FUNCTION = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:.+$/;

const LANGUAGES = { JSONPath: jsonpath, JSONata: jsonata };
type LanguageName = keyof typeof LANGUAGES;

const EVERY = ['Type', 'Comment', 'QueryLanguage'];
const EXIT = ['Next', 'End'];
const FALLIBLE = [...EXIT, 'Retry', 'Catch'];
const FIELDS: Readonly<Record<State['type'], readonly string[]>> = {
  Pass: EXIT,
  Succeed: [],
  Fail: [],
  Wait: EXIT,
  Choice: ['Choices', 'Default'],
  Task: [...FALLIBLE, 'Resource'],
  Parallel: [...FALLIBLE, 'Branches'],
  Map: [...FALLIBLE, 'ItemBatcher', 'ItemProcessor', 'ItemReader', 'Label', 'ResultWriter'],
};
const TYPES = Object.keys(FIELDS);
const isType = (type: string): type is State['type'] => TYPES.includes(type);

/**
 * Reads a definition in the States Language.
 *
 * @param integrations What tasks may call
 * @param refuse Makes the error for what AWS refuses
 * @throws NotSimulated for what AWS takes
 * @see https://states-language.net/spec.html
 */
export function parseDefinition(
  { type, definition }: { readonly type: 'STANDARD' | 'EXPRESS'; readonly definition: Readonly<Record<string, unknown>> },
  integrations: Integrations,
  refuse: (message: string) => Error,
): Definition {
  const input = new Members(definition, refuse);
  input.only(['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version']);
  const timeoutSeconds = wholeFrom(1, input, 'TimeoutSeconds');
  const reader = new MachineReader(integrations, languageIn(input) ?? 'JSONPath', type === 'EXPRESS');
  const machine = reader.machine(input, []);
  return { ...machine, rules: [...reader.rules], ...(timeoutSeconds !== undefined && { timeoutSeconds }) };
}

class MachineReader {
  /** Rules of EventBridge that its jobs need. */
  readonly rules = new Set<string>();
  private readonly names = new Set<string>();

  constructor(
    private readonly integrations: Integrations,
    private readonly language: LanguageName,
    private readonly isExpress: boolean,
  ) {}

  /** @param outer Names of the variables around it, which none within may have */
  machine(input: Members, outer: readonly string[]): Machine {
    const all = input.object('States');
    const names = all.names();
    for (const name of names) this.unique(all, name);
    const own = names.flatMap((name) => variablesOf(all.object(name)));
    const unlawful = own.find((variable) => !VARIABLE.test(variable) || variable === 'states');
    if (unlawful !== undefined) throw input.invalid('States', `must not assign '${unlawful}', which is no name of a variable`);
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
    const name = languageIn(input) ?? this.language;
    if (name === 'JSONPath' && this.language === 'JSONata')
      throw input.invalid('QueryLanguage', "can not be 'JSONPath' if set to 'JSONata' for whole state machine");
    const language: Language = LANGUAGES[name];
    const type = input.text('Type');
    if (!isType(type)) throw input.invalid('Type', `must be ${TYPES.slice(0, -1).join(', ')} or Map, got '${type}'`);
    const lacking = (NOT_SIMULATED[type] ?? []).find((field) => input.has(field));
    if (lacking !== undefined) throw new NotSimulated(`'${lacking}' of a ${type} state`);
    input.only([...EVERY, ...FIELDS[type], ...language.fields[type]]);
    const given = () => ({ given: language.given(input) });
    const exit = (): Exit => ({ ...nextOf(input), leave: language.leave(input) });
    switch (type) {
      case 'Pass':
        return { type, ...given(), ...exit(), result: language.passed(input) };
      case 'Succeed':
        return { type, ...given(), leave: language.leave(input) };
      case 'Fail':
        return { type, ...present({ error: language.said(input, 'Error'), cause: language.said(input, 'Cause') }) };
      case 'Wait':
        return { type, ...given(), ...exit(), until: language.until(input) };
      case 'Choice':
        return { type, ...given(), ...choice(input, language) };
      case 'Task':
        return { type, ...given(), ...exit(), ...fallible(input, language), ...this.task(input, language) };
      case 'Parallel':
        return {
          type,
          ...given(),
          ...exit(),
          ...fallible(input, language),
          arguments: language.arguments(input),
          branches: some(input, 'Branches').map((branch) =>
            this.machine(branch.only(['Comment', 'StartAt', 'States']), variables),
          ),
        };
      case 'Map':
        if (this.isExpress) refuseDistributed(input);
        return {
          type,
          ...given(),
          ...exit(),
          ...fallible(input, language),
          ...mapFields(input, language, (items) => this.machine(items, variables)),
        };
    }
  }

  private task(
    input: Members,
    language: Language,
  ): Pick<TaskState, 'resource' | 'functionArn' | 'arguments' | 'timeoutSeconds' | 'heartbeatSeconds'> {
    const named = input.text('Resource');
    const direct = FUNCTION.test(named);
    const resource = direct ? 'lambda' : named.replace(/^arn:[^:]+:states:::/, '');
    this.checkResource(input, named, resource);
    checkHeartbeat(input);
    return {
      resource,
      ...(direct && { functionArn: named }),
      arguments: language.arguments(input),
      ...present({
        timeoutSeconds: language.count(input, 'TimeoutSeconds'),
        heartbeatSeconds: language.count(input, 'HeartbeatSeconds'),
      }),
    };
  }

  /** @throws NotSimulated for what nobody here runs */
  private checkResource(input: Members, named: string, resource: string): void {
    const { name, pattern } = readResource(resource);
    if (this.isExpress) refuseWaiting(input, named, pattern);
    const integration = this.integrations.find(name);
    const isJobOfSdk = name.startsWith('aws-sdk:') && (pattern ?? '').startsWith('sync');
    if (isJobOfSdk || (integration !== undefined && !hasPattern(integration, pattern)))
      throw input.invalid(
        'Resource',
        `'${named}' is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      );
    if (integration === undefined) throw new NotSimulated(`the task '${named}'; simulated: ${this.integrations.known}`);
    if (integration.rule !== undefined && pattern !== undefined && pattern !== 'waitForTaskToken')
      this.rules.add(integration.rule);
  }
}

/** An Express workflow waits for nobody. @see https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
function refuseWaiting(task: Members, named: string, pattern: string | undefined): void {
  const unlawful = ACTIVITY.test(named) ? 'Activity ARN' : pattern && `'.${pattern.split(':')[0] ?? ''}' service integration`;
  if (unlawful !== undefined) throw task.invalid('Resource', `is not lawful: Express state machine does not support ${unlawful}`);
}

function refuseDistributed(map: Members): void {
  if (map.optionalObject('ItemProcessor')?.optionalObject('ProcessorConfig')?.raw('Mode') === 'DISTRIBUTED')
    throw map.invalid('ItemProcessor', 'is not lawful: Express state machine does not support a distributed Map');
}

/** A pattern that an integration does not have is no resource. @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
function hasPattern({ waits = false, jobs = {} }: Integration, pattern: string | undefined): boolean {
  return pattern === undefined || (pattern === 'waitForTaskToken' ? waits : Object.hasOwn(jobs, pattern));
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
function checkHeartbeat(task: Members): void {
  const [heartbeat, timeout] = [task.raw('HeartbeatSeconds'), task.raw('TimeoutSeconds')];
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout)
    throw task.invalid('HeartbeatSeconds', `must be smaller than TimeoutSeconds, got ${heartbeat} and ${timeout}`);
}

function languageIn(input: Members): LanguageName | undefined {
  const language = input.optionalText('QueryLanguage');
  if (language === undefined || language === 'JSONPath' || language === 'JSONata') return language;
  throw input.invalid('QueryLanguage', `must be JSONPath or JSONata, got '${language}'`);
}

function choice(input: Members, language: Language): Pick<ChoiceState, 'rules' | 'next' | 'leave'> {
  const otherwise = input.optionalText('Default');
  return {
    rules: some(input, 'Choices').map((rule) => ({ next: rule.text('Next'), ...language.rule(rule, input) })),
    leave: language.leave(input),
    ...(otherwise !== undefined && { next: otherwise }),
  };
}

function nextOf(input: Members): Pick<Exit, 'next'> {
  const next = input.optionalText('Next');
  const end = input.optionalBoolean('End') ?? false;
  if ((next !== undefined) === end) throw input.invalid('Next', 'or End must be there, and one alone');
  return next === undefined ? {} : { next };
}

/** Names of the variables that a state assigns in its own scope. */
function variablesOf(state: Members): readonly string[] {
  const assigning = [state, ...state.objects('Choices'), ...state.objects('Catch')];
  const assigned = assigning.flatMap((each) => each.optionalObject('Assign')?.names() ?? []);
  return [...new Set(assigned.map((name) => name.replace(/\.\$$/, '')))];
}

function some(input: Members, list: string): Members[] {
  const found = input.objects(list);
  if (found.length === 0) throw input.invalid(list, 'must not be empty');
  return found;
}

function targetsOf(state: State): readonly string[] {
  if (state.type === 'Fail') return [];
  const own = state.next === undefined ? [] : [state.next];
  if (state.type === 'Choice') return [...own, ...state.rules.flatMap(({ next = '' }) => [next])];
  return 'catchers' in state ? [...own, ...state.catchers.flatMap(({ next = '' }) => [next])] : own;
}
