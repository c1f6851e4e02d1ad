import { createHash } from 'node:crypto';
import { VERSION_MEMBERS } from '../../ssm/new-version.ts';
import type { ResourceType } from '../resource-type.ts';

export const parameter: ResourceType = {
  acted: [...VERSION_MEMBERS, 'Name', 'Tags'],
  recorded: [],
  create: (properties, creation) => {
    if (properties.text('Type') === 'SecureString')
      throw properties.invalid(
        'Type',
        'must not be SecureString: SSM Parameters of type SecureString cannot be created using CloudFormation',
      );
    const { stack, logicalId, services, resource } = creation;
    const { name, version } = services.ssm.declare(
      properties,
      {
        name: properties.optionalText('Name') ?? `CFN-${logicalId}-${suffixOf(`${stack}/${logicalId}`)}`,
        stack,
        ...(resource.root !== undefined && { root: resource.root }),
        logicalId,
        properties: JSON.stringify(
          properties
            .names()
            .sort()
            .map((member) => [member, properties.raw(member)]),
        ),
        retention: resource.retention,
      },
      services.sessions.operator.caller.arn,
    );
    return { ref: name, attributes: { Type: version.type, Value: version.value } };
  },
};

/** Twelve letters and digits, the same in each run. */
const suffixOf = (text: string): string => createHash('sha256').update(text).digest('base64').replace(/[+/=]/g, '').slice(0, 12);
