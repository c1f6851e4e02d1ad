import { KEY_EFFECTS, unanswered, withoutEffect } from '../../../../core/contract/odcs/key-effects.ts';
import { allKeys, knownKeys } from '../../../../core/contract/odcs/odcs-keys.ts';
import { columnPath, changed, contractDocument } from '../../../support/contracts.ts';

test('every key of the standard has an answer', () => {
  expect(allKeys().length).toBeGreaterThan(300);
  expect(unanswered(allKeys())).toEqual([]);
  expect(unanswered(['schema.properties.colour'])).toEqual(['schema.properties.colour']);
});

test('nothing is answered that is no key', () => {
  const keys = new Set(allKeys());
  const strange = [...KEY_EFFECTS.keys()].filter(
    (path) => !keys.has(path.replace(/\.customProperties\.\w+$/, '.customProperties')),
  );
  expect(strange).toEqual([]);
});

test('names the keys of a document that have no effect, wherever they stand', () => {
  const document = changed(
    changed(
      contractDocument({
        tenant: 'x',
        servers: [{ server: 'a', type: 'kafka' }],
        authoritativeDefinitions: [{ url: 'https://example.com', type: 'x' }],
        slaProperties: [{ property: 'retention', value: 3, unit: 'y', driver: 'regulatory' }],
      }),
      columnPath('kind', 'physicalName'),
      'KIND',
    ),
    columnPath('site', 'properties', 0, 'partitioned'),
    true,
  );
  expect(withoutEffect(document)).toEqual([
    'authoritativeDefinitions',
    'schema.physicalType',
    'schema.properties.partitioned',
    'schema.properties.physicalName',
    'servers',
    'slaProperties.driver',
    'tenant',
  ]);
});

test.each([
  [[], 'slaProperties'],
  [['schema', 0, 'properties', 3], 'logicalType'],
  [['schema', 0, 'properties', 3, 'items', 'properties', 1], 'classification'],
  [['team', 'members', 0], 'username'],
])('knows the keys at %j', (path, key) => {
  expect(knownKeys(path)).toContain(key);
});

test('knows no key where the standard takes any', () => {
  expect(knownKeys(['customProperties', 0, 'value'])).toEqual([]);
  expect(knownKeys(['nowhere', 'at', 'all'])).toEqual([]);
});
