import { MEASURED } from '../../../local/cloudwatch/measured.ts';
import { DynamoRig } from './rig.ts';

test('what tables measure is what the list says, under their names', async () => {
  const rig = new DynamoRig();
  await rig.table('items');
  await rig.ask('UpdateTimeToLive', { TableName: 'items', TimeToLiveSpecification: { AttributeName: 'end', Enabled: true } });
  await rig.put('items', { id: { S: 'a' }, end: { N: String(rig.clock.now() / 1000 + 1) } });
  await rig.refusal('PutItem', { TableName: 'items', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(id)' });
  await rig.ask('Scan', { TableName: 'items' });
  await rig.clock.advance(1000);
  expect(rig.measured).toEqual([
    [{ TableName: 'items' }, { ConsumedWriteCapacityUnits: 1 }],
    [{ TableName: 'items' }, { ConditionalCheckFailedRequests: 1 }],
    [{ TableName: 'items' }, { ConsumedReadCapacityUnits: 0.5 }],
    [{ TableName: 'items', Operation: 'Scan' }, { ReturnedItemCount: 1 }],
    [{ TableName: 'items' }, { TimeToLiveDeletedItemCount: 1 }],
  ]);
  const names = rig.measured.flatMap(([, values]) => Object.keys(values)).sort();
  expect(names).toEqual(MEASURED['AWS/DynamoDB']);
});
