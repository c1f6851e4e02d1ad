import { ServiceError } from '../../../../local/service.ts';
import { DynamoRig, arnOf } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { GUIDE } from './sources.ts';

const a = { id: { S: 'a' } };

async function asking(): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items', ['id'], {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'kind', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      { IndexName: 'byKind', KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    ],
  });
  rig.asked.length = 0;
  return rig;
}

const CONDITIONS = `${GUIDE}/specifying-conditions.html#FGAC_DDB.ConditionKeys`;

export const dynamodbAccess: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a request for items says their partition keys, the attributes that it names, and what it wants back',
      basis: 'documented',
      source: CONDITIONS,
      holds: async () => {
        const rig = await asking();
        await rig.put(
          'items',
          { ...a, n: { N: '1' } },
          { ReturnValues: 'ALL_OLD', ConditionExpression: 'attribute_not_exists(m)' },
        );
        await rig
          .ask('UpdateItem', {
            TableName: 'items',
            Key: a,
            UpdateExpression: 'SET x = y',
            ConditionExpression: 'attribute_exists(q)',
          })
          .catch(() => undefined);
        expect(rig.asked).toEqual([
          [
            'dynamodb:PutItem',
            arnOf('items'),
            { 'dynamodb:LeadingKeys': ['a'], 'dynamodb:Attributes': ['id', 'n', 'm'], 'dynamodb:ReturnValues': 'ALL_OLD' },
          ],
          [
            'dynamodb:UpdateItem',
            arnOf('items'),
            { 'dynamodb:LeadingKeys': ['a'], 'dynamodb:Attributes': ['id', 'x', 'y', 'q'] },
          ],
        ]);
      },
    },
    {
      says: 'a query of an index asks for the index, and its partition key is the leading one',
      basis: 'documented',
      source: CONDITIONS,
      holds: async () => {
        const rig = await asking();
        await rig.ask('Query', {
          TableName: 'items',
          IndexName: 'byKind',
          KeyConditionExpression: 'kind = :k',
          ProjectionExpression: 'id',
          ExpressionAttributeValues: { ':k': { S: 'k' } },
        });
        await rig.ask('Scan', { TableName: 'items' });
        expect(rig.asked).toEqual([
          [
            'dynamodb:Query',
            `${arnOf('items')}/index/byKind`,
            { 'dynamodb:LeadingKeys': ['k'], 'dynamodb:Attributes': ['kind', 'id'], 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
          ],
          ['dynamodb:Scan', arnOf('items'), { 'dynamodb:Select': 'ALL_ATTRIBUTES' }],
        ]);
      },
    },
    {
      says: 'of a GetItem that names no attributes Select is ALL_ATTRIBUTES: pages leave open whether AWS says it of a GetItem',
      basis: 'undecided',
      source: CONDITIONS,
      holds: async () => {
        const rig = await asking();
        await rig.get('items', a);
        expect(rig.asked[0]?.[2]).toMatchObject({ 'dynamodb:Select': 'ALL_ATTRIBUTES' });
      },
    },
    {
      says: 'each item of a transaction needs the right of its own action',
      basis: 'documented',
      source: `${GUIDE}/transaction-apis-iam.html`,
      holds: async () => {
        const rig = await asking();
        const check = {
          ConditionCheck: { TableName: 'items', Key: { id: { S: 'b' } }, ConditionExpression: 'attribute_not_exists(id)' },
        };
        await rig.ask('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'items', Item: a } }, check] });
        await rig.ask('TransactGetItems', { TransactItems: [{ Get: { TableName: 'items', Key: a } }] });
        expect(rig.asked.map(([action, , context]) => [action, context['dynamodb:EnclosingOperation']])).toEqual([
          ['dynamodb:PutItem', 'TransactWriteItems'],
          ['dynamodb:ConditionCheckItem', 'TransactWriteItems'],
          ['dynamodb:GetItem', 'TransactGetItems'],
        ]);
      },
    },
    {
      says: 'who may not ask hears so before the table is looked for',
      basis: 'undecided',
      source: `${GUIDE}/security-iam.html`,
      holds: async () => {
        const rig = new DynamoRig({
          access: {
            check: () => {
              throw new ServiceError('AccessDeniedException', 'no');
            },
          },
        });
        expect(await rig.refusal('GetItem', { TableName: 'none', Key: a })).toEqual({
          code: 'AccessDeniedException',
          message: 'no',
        });
      },
    },
    {
      says: 'whoever reads or writes a table under a customer’s key needs the key, in the table’s context',
      basis: 'documented',
      source: `${GUIDE}/encryption.usagenotes.html`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items', ['id'], { SSESpecification: { Enabled: true, KMSMasterKeyId: 'arn:key' } });
        rig.asked.length = 0;
        await rig.get('items', a);
        expect(rig.asked[1]).toEqual([
          'kms:Decrypt',
          'arn:key',
          {
            'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com',
            'kms:CallerAccount': '123456789012',
            'kms:EncryptionContext:aws:dynamodb:tableName': 'items',
            'kms:EncryptionContext:aws:dynamodb:subscriberId': '123456789012',
            'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
          },
        ]);
      },
    },
    {
      says: 'a table’s policy is put, read and deleted by its ARN',
      basis: 'documented',
      source: `${GUIDE}/access-control-resource-based.html`,
      holds: async () => {
        const policies = new Map<string, unknown>();
        const rig = new DynamoRig({
          setPolicy: (arn, document) => {
            policies.set(arn, document);
          },
        });
        await rig.table('items');
        const ResourceArn = arnOf('items');
        const { RevisionId } = await rig.ask('PutResourcePolicy', { ResourceArn, Policy: '{"Statement":[]}' });
        expect(policies.get(ResourceArn)).toEqual({ Statement: [] });
        expect(await rig.ask('GetResourcePolicy', { ResourceArn })).toEqual({ Policy: '{"Statement":[]}', RevisionId });
        await rig.ask('DeleteResourcePolicy', { ResourceArn });
        expect(policies.get(ResourceArn)).toBeUndefined();
        expect(await rig.refusal('GetResourcePolicy', { ResourceArn })).toMatchObject({ code: 'PolicyNotFoundException' });
      },
    },
  ],
};
