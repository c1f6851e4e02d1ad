import type { ResourceType } from '../resource-type.ts';

export const stateMachine: ResourceType = {
  acted: ['StateMachineName'],
  recorded: [
    'Definition',
    'DefinitionString',
    'DefinitionSubstitutions',
    'EncryptionConfiguration',
    'LoggingConfiguration',
    'RoleArn',
    'StateMachineType',
    'Tags',
    'TracingConfiguration',
  ],
  recordedOnly: 'state machines are recorded, not run yet',
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('StateMachineName'), { longest: 80 });
    const arn = creation.arn('states', `stateMachine:${name}`);
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
};
