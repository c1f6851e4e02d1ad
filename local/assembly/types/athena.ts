import { settingsIn } from '../../athena/operations/executions.ts';
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
  acted: ['Description', 'Name', 'State', 'Tags', 'WorkGroupConfiguration'],
  recorded: ['RecursiveDeleteOption'],
  create: (properties, creation) => {
    const name = properties.text('Name');
    const state = properties.optionalText('State') ?? 'ENABLED';
    if (state !== 'ENABLED') throw properties.invalid('State', `must be ENABLED here, got '${state}'`);
    const configuration = properties.optionalObject('WorkGroupConfiguration')?.only(CONFIGURATION);
    const result = configuration?.optionalObject('ResultConfiguration');
    result?.only(['AclConfiguration', 'EncryptionConfiguration', 'ExpectedBucketOwner', 'OutputLocation']);
    const { location, encryption, ...rest } = settingsIn(result);
    const kmsKeyArn = creation.keyArn(encryption?.kmsKey);
    creation.services.athena.createWorkGroup({
      name,
      description: properties.optionalText('Description'),
      enforce: configuration?.optionalBoolean('EnforceWorkGroupConfiguration') ?? true,
      bytesScannedCutoff: configuration?.optionalNumber('BytesScannedCutoffPerQuery'),
      publishMetrics: configuration?.optionalBoolean('PublishCloudWatchMetricsEnabled') ?? true,
      resultLocation: location,
      results: { ...rest, encryption: encryption && { ...encryption, kmsKey: kmsKeyArn } },
      kmsKeyArn,
      tags: Object.fromEntries(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')])),
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
  acted: ['Description', 'QueryStatement', 'StatementName', 'WorkGroup'],
  recorded: [],
  create: (properties, creation) => {
    const name = properties.text('StatementName');
    creation.services.athena.createPreparedStatement({
      name,
      workGroup: properties.text('WorkGroup'),
      statement: properties.text('QueryStatement'),
      description: properties.optionalText('Description'),
    });
    return { ref: name, attributes: {} };
  },
};
