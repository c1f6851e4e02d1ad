import { BadEventPattern, parseEventPattern, type Matches } from '../../core/aws/event-pattern.ts';
import { Members } from '../input.ts';
import { ServiceError, type Caller, type JsonService, type Operation } from '../service.ts';
import { documentOf } from './bus-policy.ts';
import { DEFAULT_BUS, type Bus, type DeclaredRule } from './buses.ts';
import { page } from './page.ts';
import { checkPut, nameOf, objectOf, putEvents, type PutEventsParts } from './put-events.ts';

type Read = (input: Members, caller: Caller) => object;

const operation =
  (known: readonly string[], read: Read): Operation =>
  async (raw, caller) =>
    read(new Members(raw).only(known), caller);

const ANY = '*';
const PAGED = ['Limit', 'NextToken'];

/** EventBridge as clients see it: events are put, and what templates declared can be read. */
export function eventsService(parts: PutEventsParts): JsonService {
  const { access, accountId, buses } = parts;
  const busOf = (input: Members): string => input.optionalText('EventBusName') ?? DEFAULT_BUS;
  const findRule = (input: Members, caller: Caller, action: string, member: string): DeclaredRule => {
    const [name, bus] = [input.text(member), busOf(input)];
    access.check(caller, action, buses.ruleArn(name, bus), { 'events:creatorAccount': accountId });
    return buses.rule(name, bus);
  };
  return {
    name: 'events',
    targetPrefix: 'AWSEvents',
    version: '1.1',
    operations: {
      PutEvents: async (raw, caller) => putEvents(new Members(raw), caller, parts),
      TestEventPattern: operation(['EventPattern', 'Event'], (input, caller) => {
        access.check(caller, 'events:TestEventPattern', ANY);
        return { Result: patternOf(input)(eventOf(input)) };
      }),
      DescribeEventBus: operation(['Name'], (input, caller) => {
        const name = input.optionalText('Name') ?? DEFAULT_BUS;
        access.check(caller, 'events:DescribeEventBus', buses.arnOf(name));
        return busView(buses.find(name));
      }),
      ListEventBuses: operation(['NamePrefix', ...PAGED], (input, caller) => {
        access.check(caller, 'events:ListEventBuses', ANY);
        const { items, rest } = page(named(buses.all(), input), input);
        return { EventBuses: items.map(busView), ...rest };
      }),
      DescribeRule: operation(['Name', 'EventBusName'], (input, caller) => ({
        ...ruleView(findRule(input, caller, 'events:DescribeRule', 'Name')),
        CreatedBy: accountId,
      })),
      ListRules: operation(['NamePrefix', 'EventBusName', ...PAGED], (input, caller) => {
        access.check(caller, 'events:ListRules', ANY);
        const { items, rest } = page(named(buses.rulesOf(busOf(input)), input), input);
        return { Rules: items.map(ruleView), ...rest };
      }),
      ListTargetsByRule: operation(['Rule', 'EventBusName', ...PAGED], (input, caller) => {
        const { targets } = findRule(input, caller, 'events:ListTargetsByRule', 'Rule');
        const { items, rest } = page(targets, input);
        return { Targets: items, ...rest };
      }),
      ListRuleNamesByTarget: operation(['TargetArn', 'EventBusName', ...PAGED], (input, caller) => {
        access.check(caller, 'events:ListRuleNamesByTarget', ANY);
        const target = input.text('TargetArn');
        const rules = buses.rulesOf(busOf(input)).filter(({ targets }) => targets.some(({ Arn }) => Arn === target));
        const { items, rest } = page(rules, input);
        return { RuleNames: items.map(({ name }) => name), ...rest };
      }),
    },
  };
}

/** Tells a bus what a rule of another hands it. @throws ServiceError AccessDeniedException, ResourceNotFoundException */
export const relayTo =
  (parts: Pick<PutEventsParts, 'access' | 'buses' | 'bus'>) =>
  (caller: Caller, busArn: string, event: object): void => {
    const told = new Members(event as Readonly<Record<string, unknown>>);
    const [source, detailType] = [told.optionalText('source') ?? '', told.optionalText('detail-type') ?? ''];
    checkPut(caller, parts, { busArn, source, detailType, isRelayed: true });
    parts.buses.find(busArn);
    parts.bus.put(event, { bus: nameOf(busArn, parts.buses), isRelayed: true });
  };

const named = <Item extends { readonly name: string }>(all: readonly Item[], input: Members): readonly Item[] =>
  all.filter(({ name }) => name.startsWith(input.optionalText('NamePrefix') ?? ''));

function busView({ name, arn, description, created, policy }: Bus): object {
  const document = documentOf(policy);
  return {
    Name: name,
    Arn: arn,
    ...(description !== undefined && { Description: description }),
    ...(document !== undefined && { Policy: JSON.stringify(document) }),
    CreationTime: created / 1000,
    LastModifiedTime: created / 1000,
  };
}

const ruleView = ({ name, arn, bus, description, pattern, schedule, state, roleArn }: DeclaredRule): object => ({
  Name: name,
  Arn: arn,
  EventBusName: bus,
  State: state,
  ...(description !== undefined && { Description: description }),
  ...(pattern !== undefined && { EventPattern: pattern }),
  ...(schedule !== undefined && { ScheduleExpression: schedule }),
  ...(roleArn !== undefined && { RoleArn: roleArn }),
});

/** @throws ServiceError InvalidEventPatternException */
function patternOf(input: Members): Matches {
  const invalid = (reason: string): ServiceError =>
    new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
  const text = input.text('EventPattern');
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid('it is no JSON');
  }
  try {
    return parseEventPattern(pattern);
  } catch (error) {
    if (error instanceof BadEventPattern) throw invalid(error.message);
    throw error;
  }
}

/** @throws ServiceError ValidationException */
function eventOf(input: Members): object {
  const event = objectOf(input.text('Event'));
  if (event === undefined) throw new ServiceError('ValidationException', 'Parameter Event is not valid.');
  return event;
}
