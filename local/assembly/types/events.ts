import { documentOf, statementOf, takeDocument } from '../../eventbridge/bus-policy.ts';
import { DEFAULT_BUS, type Bus } from '../../eventbridge/buses.ts';
import { readRule, type RuleId } from '../../eventbridge/read-rule.ts';
import type { Members } from '../../input.ts';
import type { Creation, ResourceType } from '../resource-type.ts';

export const eventBus: ResourceType = {
  acted: ['Description', 'Name', 'Policy'],
  recorded: ['Tags'],
  create: (properties, creation) => {
    const bus = creation.services.events.buses.create(properties.text('Name'), properties.optionalText('Description'));
    const policy = properties.optionalObject('Policy');
    if (policy !== undefined) {
      takeDocument(bus.policy, policy.only(['Id', 'Statement', 'Version']));
      hear(bus, creation);
    }
    return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name } };
  },
};

export const eventBusPolicy: ResourceType = {
  acted: ['Action', 'Condition', 'EventBusName', 'Principal', 'Statement', 'StatementId'],
  recorded: [],
  create: (properties, creation) => {
    const bus = creation.services.events.buses.find(properties.optionalText('EventBusName') ?? DEFAULT_BUS);
    const id = properties.text('StatementId');
    if (bus.policy.has(id)) throw properties.invalid('StatementId', `must be the policy's own, '${id}' is there already`);
    bus.policy.set(id, statementOf(properties, bus.arn));
    hear(bus, creation);
    return { ref: creation.name(undefined, { longest: 255 }), attributes: {} };
  },
};

/** Lets the policy of a bus be heard, as it stands. @throws ServiceError ValidationException */
function hear({ arn, policy }: Bus, { services }: Creation): void {
  const document = documentOf(policy);
  if (document !== undefined) services.iam.addResourcePolicy({ arn, document, code: 'ValidationException' });
}

export const rule: ResourceType = {
  acted: ['Description', 'EventBusName', 'EventPattern', 'Name', 'RoleArn', 'ScheduleExpression', 'State', 'Targets'],
  recorded: ['Tags'],
  create: (properties, creation) => {
    const { events } = creation.services;
    const name = creation.name(properties.optionalText('Name'), { longest: 64 });
    const given = properties.optionalText('EventBusName') ?? DEFAULT_BUS;
    const bus = events.buses.nameOf(given);
    const arn = events.buses.ruleArn(name, bus);
    const read = readRule(properties, { name, arn, bus });
    events.buses.find(given);
    const state = properties.optionalText('State') ?? 'ENABLED';
    declare(properties, { name, arn, bus }, creation);
    if ('notSimulated' in read) events.note(arn, read.notSimulated);
    else if (state !== 'DISABLED') events.createRule(read);
    return { ref: bus === DEFAULT_BUS ? name : `${bus}|${name}`, attributes: { Arn: arn } };
  },
};

/** Lets a rule be described. */
function declare(properties: Members, id: RuleId, { services }: Creation): void {
  const pattern = properties.raw('EventPattern');
  services.events.buses.declare({
    ...id,
    description: properties.optionalText('Description'),
    pattern: pattern === undefined ? undefined : JSON.stringify(pattern),
    schedule: properties.optionalText('ScheduleExpression'),
    state: properties.optionalText('State') ?? 'ENABLED',
    roleArn: properties.optionalText('RoleArn'),
    targets: properties
      .objects('Targets')
      .map((target) => Object.fromEntries(target.names().map((name) => [name, target.raw(name)]))),
  });
}
