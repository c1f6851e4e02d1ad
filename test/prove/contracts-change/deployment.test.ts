import type { DomainTemplate } from '../../../prove/contracts-change/assembly.ts';
import { onTheWay, outOfOrder } from '../../../prove/contracts-change/deployment.ts';
import { stagesOf } from '../../../prove/contracts-change/stages.ts';

const template = (version: string, dependsOn: Readonly<Record<string, string[]>> = {}): DomainTemplate => ({
  Resources: Object.fromEntries(
    Object.entries({
      Policy: { Type: 'AWS::IAM::ManagedPolicy' },
      Table: { Type: 'AWS::Glue::Table', Properties: { TableInput: { TableType: 'EXTERNAL_TABLE', version } } },
      View: {
        Type: 'AWS::Glue::Table',
        Properties: { TableInput: { TableType: 'VIRTUAL_VIEW', version } },
        DependsOn: ['Table'],
      },
      Version: { Type: 'AWS::Lambda::Version', Properties: { version }, DependsOn: ['View'] },
      Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] } } },
      Delivery: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { Function: { Ref: 'Alias' } }, DependsOn: ['View'] },
    }).map(([id, resource]) => [id, { ...resource, ...(id in dependsOn ? { DependsOn: dependsOn[id] ?? [] } : {}) }]),
  ),
});

test('a template in order has the tables before the version, that before its alias, and all before the delivery', () => {
  expect(outOfOrder(template('1'))).toEqual([]);
});

test('fails when a function does not wait for its table', () => {
  expect(outOfOrder(template('1', { Version: [] }))).toEqual([
    'Version does not wait for Table',
    'Version does not wait for View',
  ]);
});

test('fails when there is nothing to put in order', () => {
  expect(outOfOrder({ Resources: {} })).toEqual(['the template holds no function, table or delivery to order']);
});

test('a stack goes from one version to the next by its catalog, its function, back, and all of it', () => {
  const stages = stagesOf(template('1'), template('2'));
  expect(stages.map(({ parts, ids, hasNewView, isLived }) => [parts.join(), ids.join(), hasNewView, isLived])).toEqual([
    ['', '', false, true],
    ['rights', 'Table', false, false],
    ['rights,catalog', '', true, true],
    ['rights,catalog,function', '', true, true],
    ['rights,catalog', '', true, true],
    ['rights,catalog,function,delivery', '', true, true],
  ]);
});

test('on the way, a part is of one version as a whole', () => {
  const resources = onTheWay(template('1'), template('2'), ['catalog']);
  expect([resources.Table, resources.View, resources.Version].map((resource) => JSON.stringify(resource))).toEqual([
    expect.stringContaining('"version":"2"'),
    expect.stringContaining('"version":"2"'),
    expect.stringContaining('"version":"1"'),
  ]);
});
