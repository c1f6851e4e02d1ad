import { isRecord, type Members } from '../../input.ts';
import type { ResourceType } from '../resource-type.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const stateMachine: ResourceType = {
  acted: [
    'Definition',
    'DefinitionString',
    'DefinitionSubstitutions',
    'LoggingConfiguration',
    'RoleArn',
    'StateMachineName',
    'StateMachineType',
  ],
  recorded: ['EncryptionConfiguration', 'Tags', 'TracingConfiguration'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('StateMachineName'), { longest: 80 });
    const arn = creation.arn('states', `stateMachine:${name}`);
    const type = properties.optionalText('StateMachineType') ?? 'STANDARD';
    if (type !== 'STANDARD' && type !== 'EXPRESS')
      throw properties.invalid('StateMachineType', `must be STANDARD or EXPRESS, got '${type}'`);
    creation.services.states.createStateMachine({
      arn,
      name,
      type,
      roleArn: properties.text('RoleArn'),
      logged: (properties.optionalObject('LoggingConfiguration')?.optionalText('Level') ?? 'OFF') !== 'OFF',
      definition: definitionOf(properties),
      configurations: {
        ...(properties.has('LoggingConfiguration') && { logging: asInAnswers(properties.raw('LoggingConfiguration')) }),
        ...(properties.has('TracingConfiguration') && { tracing: asInAnswers(properties.raw('TracingConfiguration')) }),
        ...(properties.has('EncryptionConfiguration') && { encryption: asInAnswers(properties.raw('EncryptionConfiguration')) }),
      },
    });
    return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: 'INITIAL' } };
  },
};

/** A property with its members named as the service's answers name them. */
function asInAnswers(property: unknown): object {
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), named(inner)]),
    );
  };
  return named(property) as object;
}

/** A definition as an object, or as text, with `${name}` put in. */
function definitionOf(properties: Members): Readonly<Record<string, unknown>> {
  if (!properties.has('DefinitionString') && !properties.has('Definition'))
    throw properties.invalid('Definition', 'or DefinitionString is required');
  const given = properties.optionalText('DefinitionString') ?? JSON.stringify(properties.raw('Definition'));
  const substituted = Object.entries(properties.textMap('DefinitionSubstitutions')).reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, JSON.stringify(value).slice(1, -1)),
    given,
  );
  try {
    return JSON.parse(substituted) as Readonly<Record<string, unknown>>;
  } catch {
    throw properties.invalid('DefinitionString', 'must be JSON');
  }
}
