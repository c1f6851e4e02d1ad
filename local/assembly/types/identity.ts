import { generateSecret } from '../../secrets/generate-secret.ts';
import type { ResourceType } from '../resource-type.ts';

export const role: ResourceType = {
  acted: [
    'AssumeRolePolicyDocument',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
    'PermissionsBoundary',
    'Policies',
    'RoleName',
    'Tags',
  ],
  recorded: ['Description'],
  create: (properties, creation) => {
    const roleName = creation.name(properties.optionalText('RoleName'), { longest: 64 });
    const path = properties.optionalText('Path') ?? '/';
    const arn = `arn:aws:iam::${creation.services.accountId}:role${path}${roleName}`;
    const maxSessionSeconds = properties.optionalNumber('MaxSessionDuration');
    const boundaryArn = properties.optionalText('PermissionsBoundary');
    creation.services.iam.addRole({
      roleName,
      path,
      arn,
      trust: properties.raw('AssumeRolePolicyDocument'),
      policyArns: properties.texts('ManagedPolicyArns'),
      ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
      ...(boundaryArn !== undefined && { boundaryArn }),
      tags: new Map(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')] as const)),
    });
    for (const policy of properties.objects('Policies')) {
      policy.only(['PolicyName', 'PolicyDocument']);
      const policyName = policy.text('PolicyName');
      creation.services.iam.putRolePolicy({ roleName, policyName, document: policy.raw('PolicyDocument') });
    }
    return { ref: roleName, attributes: { Arn: arn, RoleId: creation.services.iam.role(arn)?.id ?? roleName } };
  },
};

/** A policy that is a role's own, for each of some roles: what CDK's grants write. */
export const policy: ResourceType = {
  acted: ['PolicyDocument', 'PolicyName', 'Roles'],
  recorded: [],
  create: (properties, { services }) => {
    const policyName = properties.text('PolicyName');
    const roleNames = properties.texts('Roles');
    if (roleNames.length === 0) throw properties.invalid('Roles', 'must name a role: users and groups are not simulated');
    for (const roleName of roleNames)
      services.iam.putRolePolicy({ roleName, policyName, document: properties.raw('PolicyDocument') });
    return { ref: policyName, attributes: { Id: policyName } };
  },
};

export const managedPolicy: ResourceType = {
  acted: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
  recorded: ['Description'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('ManagedPolicyName'), { longest: 128 });
    const arn = `arn:aws:iam::${creation.services.accountId}:policy${properties.optionalText('Path') ?? '/'}${name}`;
    creation.services.iam.addManagedPolicy({
      arn,
      document: properties.raw('PolicyDocument'),
      roleNames: properties.texts('Roles'),
    });
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
};

export const secret: ResourceType = {
  acted: ['Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags'],
  recorded: [],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('Name'), { longest: 505 });
    const settings = {
      name,
      keyArn: creation.keyArn(properties.optionalText('KmsKeyId')),
      description: properties.optionalText('Description'),
      tags: Object.fromEntries(properties.objects('Tags').map((tag) => [tag.text('Key'), tag.text('Value')])),
    };
    const arn = creation.services.secrets.createSecret(settings, () => {
      const rules = properties.optionalObject('GenerateSecretString');
      return rules === undefined ? properties.text('SecretString') : generateSecret(rules);
    });
    return { ref: arn, attributes: { Id: arn } };
  },
};
