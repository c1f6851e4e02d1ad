import type { Members } from '../../input.ts';
import { stableUuid } from '../physical-name.ts';
import type { ResourceType } from '../resource-type.ts';

const CONFIGURATION = [
  'BytesScannedCutoffPerQuery',
  'EnforceWorkGroupConfiguration',
  'EngineVersion',
  'PublishCloudWatchMetricsEnabled',
  'RequesterPaysEnabled',
  'ResultConfiguration',
];

export const workGroup: ResourceType = {
  acted: ['Name', 'State', 'WorkGroupConfiguration'],
  recorded: ['Description', 'RecursiveDeleteOption', 'Tags'],
  create: (properties, creation) => {
    const name = properties.text('Name');
    const state = properties.optionalText('State') ?? 'ENABLED';
    if (state !== 'ENABLED') throw properties.invalid('State', `must be ENABLED here, got '${state}'`);
    const configuration = properties.optionalObject('WorkGroupConfiguration')?.only(CONFIGURATION);
    const cutoff = configuration?.optionalNumber('BytesScannedCutoffPerQuery');
    const result = configuration?.optionalObject('ResultConfiguration');
    result?.only(['EncryptionConfiguration', 'ExpectedBucketOwner', 'OutputLocation']);
    const location = result?.optionalText('OutputLocation');
    const kmsKeyArn = creation.keyArn(keyOf(result));
    creation.services.athena.createWorkGroup({
      name,
      enforce: configuration?.optionalBoolean('EnforceWorkGroupConfiguration') ?? true,
      ...(cutoff !== undefined && { bytesScannedCutoff: cutoff }),
      ...(location !== undefined && { resultLocation: location }),
      ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    });
    return { ref: name, attributes: {} };
  },
};

export const namedQuery: ResourceType = {
  acted: ['Database', 'Description', 'Name', 'QueryString', 'WorkGroup'],
  recorded: [],
  create: (properties, creation) => {
    const description = properties.optionalText('Description');
    const id = creation.services.athena.createNamedQuery({
      id: stableUuid(`${creation.stack}/${creation.logicalId}`),
      name: creation.name(properties.optionalText('Name'), { longest: 128 }),
      database: properties.text('Database'),
      queryString: properties.text('QueryString'),
      workGroup: properties.optionalText('WorkGroup') ?? 'primary',
      ...(description !== undefined && { description }),
    });
    return { ref: id, attributes: { NamedQueryId: id } };
  },
};

export const preparedStatement: ResourceType = {
  acted: [],
  recorded: ['Description', 'QueryStatement', 'StatementName', 'WorkGroup'],
  recordedOnly: 'prepared statements cannot be executed here yet',
  create: (properties) => ({ ref: properties.text('StatementName'), attributes: {} }),
};

function keyOf(result: Members | undefined): string | undefined {
  return result?.optionalObject('EncryptionConfiguration')?.only(['EncryptionOption', 'KmsKey']).optionalText('KmsKey');
}
