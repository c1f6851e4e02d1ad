import type { DangerousCase } from '../case.ts';
import { drop, KEY, POLICY, ROLE } from '../finders.ts';
import { actorsOf, aTable, streamLetsIn, usedByActors } from '../givens.ts';
import { part, statementsOf, type Found, type PlatformCopy } from '../platform-copy.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

const ROOT = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };
const EVERY_ROLE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/*']] };

/** Adds a statement to the policy of the first key. */
const onKey =
  (statement: object) =>
  (platform: PlatformCopy): void => {
    statementsOf(platform.the(KEY), 'KeyPolicy').push({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...statement });
  };

const trustedByRoot = (platform: PlatformCopy): Found =>
  platform.the('AWS::IAM::Role', (found) => JSON.stringify(statementsOf(found, 'AssumeRolePolicyDocument')).includes(':root'));

const newGroup =
  (properties: object) =>
  (platform: PlatformCopy): void => {
    platform.add(platform.foundation, 'New', {
      Type: GROUP,
      Properties: { SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }], ...properties },
    });
  };

const newRule =
  (way: 'Ingress' | 'Egress', properties: Record<string, unknown>) =>
  (platform: PlatformCopy): void => {
    platform.add(platform.foundation, 'New', { Type: `AWS::EC2::SecurityGroup${way}`, Properties: properties });
  };

const lakeFormation =
  (DataLakePrincipalIdentifier: string) =>
  (platform: PlatformCopy): void => {
    platform.add(platform.foundation, 'New', {
      Type: 'AWS::LakeFormation::PrincipalPermissions',
      Properties: {
        Principal: { DataLakePrincipalIdentifier },
        Resource: { Table: { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseName: 'headwaters_prod_sales', Name: 'bookings' } },
        Permissions: ['SELECT'],
        PermissionsWithGrantOption: [],
      },
    });
  };

/** Gives the role of a transform one action more. */
const toTransform =
  (Action: string, Resource: string) =>
  (platform: PlatformCopy): void => {
    const policy = platform.the(POLICY, ({ properties }) => properties.Path === '/headwaters/prod/transform/');
    statementsOf(policy).push({ Effect: 'Allow', Action, Resource });
  };

/** Who gets in, and what gets out. */
export const ACCESS: readonly DangerousCase[] = [
  {
    name: 'a key is used by everybody in one branch of a condition',
    edit: onKey({ Principal: { AWS: { 'Fn::If': ['IsProd', 'arn:aws:iam::111122223333:role/ours', '*'] } } }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'a new table lets another account read its stream',
    edit: (platform) => {
      aTable(platform);
      streamLetsIn(platform, 'arn:aws:iam::999999999999:root');
    },
    dangers: ['AccountNamed', 'OpenedToAccount'],
  },
  {
    name: 'a new endpoint lets everything through',
    edit: (platform) => {
      platform.add(platform.foundation, 'New', {
        Type: ENDPOINT,
        Properties: { ServiceName: 'com.amazonaws.eu-west-1.s3', VpcEndpointType: 'Gateway' },
      });
    },
    dangers: ['OpenedToAnyone', 'WildcardGained'],
  },
  {
    name: 'a new endpoint lets everybody do one thing',
    edit: (platform) => {
      const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: '*' }];
      platform.add(platform.foundation, 'New', { Type: ENDPOINT, Properties: { PolicyDocument: { Statement } } });
    },
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'an endpoint no longer asks who calls',
    edit: (platform) => {
      const [statement] = statementsOf(platform.the(ENDPOINT));
      part(statement).Condition = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
    },
    dangers: ['OpenedToAnyone', 'ConditionDropped'],
  },
  {
    name: 'a key is used by every role of the account, through the same service',
    edit: (platform) => {
      part(usedByActors(platform).Condition, 'ArnLike')['aws:PrincipalArn'] = EVERY_ROLE;
    },
    dangers: ['ConditionWidened'],
  },
  {
    name: 'a key is used by one more role, which is of no actor of ours',
    edit: (platform) => {
      actorsOf(usedByActors(platform)).push('arn:aws:iam::111122223333:role/somebody');
    },
    dangers: ['ConditionWidened'],
  },
  {
    name: 'a key is used through any service',
    edit: (platform) => {
      const { Condition } = usedByActors(platform);
      if (Condition !== undefined) Reflect.deleteProperty(Condition, 'StringEquals');
    },
    dangers: ['ConditionDropped'],
  },
  {
    name: 'a key is used by whomever, through the same service',
    edit: (platform) => {
      const { Condition } = usedByActors(platform);
      if (Condition !== undefined) Reflect.deleteProperty(Condition, 'ArnLike');
    },
    dangers: ['ConditionDropped'],
  },
  {
    name: 'a statement beside that of our actors lets every role of the account use the key',
    edit: (platform) => {
      const statement = usedByActors(platform);
      const key = platform.the(KEY, (found) => statementsOf(found, 'KeyPolicy').includes(statement));
      const Condition = { ...statement.Condition, ArnLike: { 'aws:PrincipalArn': EVERY_ROLE } };
      statementsOf(key, 'KeyPolicy').push({ ...statement, Sid: 'More', Condition });
    },
    dangers: ['OpenedToWholeAccount'],
  },
  {
    name: 'a service uses a key for whomever it acts',
    edit: onKey({ Principal: { Service: 'lambda.amazonaws.com' } }),
    dangers: ['OpenedToService'],
  },
  {
    name: 'the account may hand on the use of a key',
    edit: onKey({ Principal: { AWS: ROOT }, Action: ['kms:CreateGrant', 'kms:ReEncryptFrom'] }),
    dangers: ['OpenedToWholeAccount'],
  },
  {
    name: 'a service publishes to a topic for whomever it acts',
    edit: (platform) => {
      statementsOf(platform.the('AWS::SNS::TopicPolicy')).push({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: '*',
      });
    },
    dangers: ['OpenedToService'],
  },
  {
    name: 'a service calls a function for whomever it acts',
    edit: (platform) => {
      const { stack, id } = platform.the('AWS::Lambda::Function');
      platform.add(stack, 'New', {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: id }, Principal: 's3.amazonaws.com' },
      });
    },
    dangers: ['OpenedToService'],
  },
  {
    name: 'whoever signs in elsewhere becomes a role',
    edit: (platform) => {
      statementsOf(trustedByRoot(platform), 'AssumeRolePolicyDocument').push({
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
      } as unknown as ReturnType<typeof statementsOf>[number]);
    },
    dangers: ['OpenedToService'],
  },
  {
    name: 'a new stack opens a bucket to another account',
    edit: (platform) => {
      const Statement = [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 's3:GetObject', Resource: '*' },
      ];
      platform.addStack('Headwaters-prod-New', {
        Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'lake', PolicyDocument: { Statement } } },
      });
    },
    dangers: ['OpenedToAccount'],
  },
  {
    name: 'a role may do what it did on every resource',
    edit: (platform) => {
      const policy = platform.the('AWS::IAM::ManagedPolicy', (found) =>
        statementsOf(found).some(({ Action }) => [Action].flat().includes('kms:Decrypt')),
      );
      for (const statement of statementsOf(policy))
        if ([statement.Action].flat().includes('kms:Decrypt')) statement.Resource = '*';
    },
    dangers: ['WildcardGained'],
  },
  {
    name: 'a role may do what it did on every resource of a type',
    edit: (platform) => {
      const policy = platform.the('AWS::IAM::ManagedPolicy', (found) =>
        statementsOf(found).some(({ Action }) => [Action].flat().includes('s3:GetObject')),
      );
      for (const statement of statementsOf(policy))
        if ([statement.Action].flat().includes('s3:GetObject')) statement.Resource = 'arn:aws:s3:::*';
    },
    dangers: ['WildcardGained'],
  },
  { name: 'half of all addresses may send', edit: newRule('Ingress', { CidrIp: '0.0.0.0/1' }), dangers: ['OpenedToAnyone'] },
  { name: 'a function may send to every address', edit: newRule('Egress', { CidrIp: '0.0.0.0/0' }), dangers: ['OpenedToAnyone'] },
  {
    name: 'a function may send to every address of version 6',
    edit: newRule('Egress', { CidrIpv6: '::/0' }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'a function may send to a list of addresses',
    edit: newRule('Egress', { DestinationPrefixListId: 'pl-1' }),
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a new group may send to every address',
    edit: newGroup({ SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0' }] }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'a new group says nothing of what it may send',
    edit: newGroup({ SecurityGroupEgress: [] }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'a new group is open to addresses of others',
    edit: newGroup({ SecurityGroupIngress: [{ CidrIp: '11.0.0.0/8' }] }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'nothing may reach the endpoints',
    edit: (platform) => {
      platform.remove(platform.the('AWS::EC2::SecurityGroupIngress'));
    },
    dangers: ['ProcessRemoved'],
  },
  {
    name: 'a subnet loses its routes',
    edit: (platform) => {
      platform.remove(platform.the('AWS::EC2::SubnetRouteTableAssociation'));
    },
    dangers: ['ProcessRemoved'],
  },
  {
    name: 'a bucket may be read without TLS',
    edit: (platform) => {
      const found = platform.the('AWS::S3::BucketPolicy');
      found.properties.PolicyDocument = {
        Statement: statementsOf(found).filter(({ Condition }) => Condition?.Bool === undefined),
      };
    },
    dangers: ['DenyDropped'],
  },
  {
    name: 'a bucket is no longer closed to all others',
    edit: (platform) => {
      const closes = ({ Condition }: { Condition?: Record<string, unknown> }) => Condition?.ArnNotLike !== undefined;
      const found = platform.the('AWS::S3::BucketPolicy', (policy) => statementsOf(policy).some(closes));
      found.properties.PolicyDocument = { Statement: statementsOf(found).filter((statement) => !closes(statement)) };
    },
    dangers: ['DenyDropped'],
  },
  {
    name: 'a bucket has no policy',
    edit: (platform) => {
      const onlyDenies = (policy: Found) => statementsOf(policy).every(({ Effect }) => Effect === 'Deny');
      platform.remove(platform.the('AWS::S3::BucketPolicy', onlyDenies));
    },
    dangers: ['PolicyRemoved', 'DenyDropped'],
  },
  {
    name: 'a role may do more than anybody wrote out',
    edit: (platform) => {
      const [statement] = statementsOf(platform.the(POLICY));
      if (statement !== undefined) statement.Action = 's3:*';
    },
    dangers: ['WildcardGained'],
  },
  {
    name: 'anybody may become a role',
    edit: (platform) => {
      const [statement] = statementsOf(platform.the(ROLE), 'AssumeRolePolicyDocument');
      part(statement).Principal = '*';
    },
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'another account may become a role',
    edit: (platform) => {
      const ofService = (found: Found) =>
        statementsOf(found, 'AssumeRolePolicyDocument').every(({ Principal }) => 'Service' in (Principal as object));
      const [statement] = statementsOf(platform.the(ROLE, ofService), 'AssumeRolePolicyDocument');
      part(statement, 'Principal').AWS = 'arn:aws:iam::444455556666:root';
    },
    dangers: ['OpenedToAccount'],
  },
  {
    name: 'a service may become a role for other accounts too',
    edit: (platform) => {
      const isConditional = (found: Found) =>
        statementsOf(found, 'AssumeRolePolicyDocument').some(({ Condition }) => Condition !== undefined);
      const [statement] = statementsOf(platform.the(ROLE, isConditional), 'AssumeRolePolicyDocument');
      drop(part(statement), 'Condition');
    },
    dangers: ['ConditionDropped'],
  },
  {
    name: 'a key is used by everybody but one',
    edit: onKey({ NotPrincipal: { AWS: ROOT } }),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'a key is used by an account that is named as S3 knows it',
    edit: onKey({ Principal: { CanonicalUser: '0123456789abcdef'.repeat(4) } }),
    dangers: ['OpenedToAccount'],
  },
  {
    name: 'a key is used by whom a condition of the template decides',
    edit: onKey({ Principal: { 'Fn::If': ['Open', '*', { AWS: ROOT }] } }),
    dangers: ['AccessDropped', 'UnreadablePolicy'],
  },
  {
    name: 'a service uses a key for another account',
    edit: onKey({
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::999999999999:distribution/E1' } },
    }),
    dangers: ['OpenedToAccount'],
  },
  {
    name: 'Lake Formation leaves a table to whoever IAM lets',
    edit: lakeFormation('IAM_ALLOWED_PRINCIPALS'),
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'Lake Formation lets another account read a table',
    edit: lakeFormation('999999999999'),
    dangers: ['AccountNamed', 'OpenedToAccount'],
  },
  {
    name: 'a transform, which sees events in clear, puts objects in a bucket of a literal name',
    edit: toTransform('s3:PutObject', 'arn:aws:s3:::backups-of-sales/*'),
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a transform, which sees events in clear, puts records in a stream of another account',
    edit: toTransform('kinesis:PutRecords', 'arn:aws:kinesis:eu-west-1:444455556666:stream/copy'),
    dangers: ['AccountNamed'],
  },
];
