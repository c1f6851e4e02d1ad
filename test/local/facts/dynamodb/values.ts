import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { dynalite, GUIDE } from './sources.ts';

/** A value as it comes back. */
async function kept(value: object): Promise<unknown> {
  const rig = new DynamoRig();
  await rig.table('items');
  await rig.put('items', { id: { S: 'a' }, value });
  return ((await rig.get('items', { id: { S: 'a' } })) as { value: unknown }).value;
}

/** Why a value is refused. */
async function refused(value: object): Promise<string> {
  const rig = new DynamoRig();
  await rig.table('items');
  return (await rig.refusal('PutItem', { TableName: 'items', Item: { id: { S: 'a' }, value } })).message;
}

const PUT = dynalite('putItem');
const invalid = 'One or more parameter values were invalid: ';

export const dynamodbValues: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'a number comes back in one form: without zeros that say nothing, and without an exponent',
      basis: 'observed',
      source: PUT,
      holds: async () => {
        for (const [sent, back] of [
          ['1', '1'],
          ['001.500', '1.5'],
          ['-0', '0'],
          ['1E3', '1000'],
          ['.5', '0.5'],
          ['-12.5e-3', '-0.0125'],
          ['9.9999999999999999999999999999999999999E+125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
          ['1e-130', `0.${'0'.repeat(129)}1`],
        ] as const)
          expect(await kept({ N: sent })).toEqual({ N: back });
      },
    },
    {
      says: 'a number has 38 digits at most, and lies between 1E-130 and 9.99E+125',
      basis: 'documented',
      source: `${GUIDE}/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number`,
      holds: async () => {
        expect(await refused({ N: '1'.repeat(39) })).toBe('Attempting to store more than 38 significant digits in a Number');
        expect(await refused({ N: '1e126' })).toBe(
          'Number overflow. Attempting to store a number with magnitude larger than supported range',
        );
        expect(await refused({ N: '1e-131' })).toBe(
          'Number underflow. Attempting to store a number with magnitude smaller than supported range',
        );
        expect(await refused({ N: 'b' })).toBe('The parameter cannot be converted to a numeric value: b');
        expect(await refused({ N: '' })).toBe('The parameter cannot be converted to a numeric value');
      },
    },
    {
      says: 'a value has one type; of none and of two the words differ',
      basis: 'observed',
      source: PUT,
      holds: async () => {
        expect(await refused({})).toBe('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
        expect(await refused({ S: 'a', N: '1' })).toBe(
          'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
        );
      },
    },
    {
      says: 'sets hold something, and nothing twice; numbers that are the same are one',
      basis: 'observed',
      source: PUT,
      holds: async () => {
        expect(await refused({ SS: [] })).toBe(`${invalid}An string set  may not be empty`);
        expect(await refused({ NS: [] })).toBe(`${invalid}An number set  may not be empty`);
        expect(await refused({ BS: [] })).toBe(`${invalid}Binary sets should not be empty`);
        expect(await refused({ SS: ['a', 'a'] })).toBe(`${invalid}Input collection [a, a] contains duplicates.`);
        expect(await refused({ NS: ['1', '1.0'] })).toBe('Input collection contains duplicates');
      },
    },
    {
      says: 'a NULL has the value of true, and no other',
      basis: 'observed',
      source: PUT,
      holds: async () => {
        expect(await refused({ NULL: false })).toBe(`${invalid}Null attribute value types must have the value of true`);
        expect(await kept({ NULL: true })).toEqual({ NULL: true });
      },
    },
    {
      says: 'bytes are base64, whole',
      basis: 'observed',
      source: PUT,
      holds: async () => {
        expect(await refused({ B: 'abc' })).toBe('Base64 encoded length is expected a multiple of 4 bytes but found: 3');
        expect(await refused({ B: 1 })).toBe('only base-64-encoded strings are convertible to bytes');
        expect(await kept({ B: 'AQI=' })).toEqual({ B: 'AQI=' });
      },
    },
    {
      says: 'lists and maps hold values of any type, an attribute called __proto__ among them',
      basis: 'documented',
      source: `${GUIDE}/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Document`,
      holds: async () => {
        const value = JSON.parse('{"L":[{"M":{"__proto__":{"S":"x"},"n":{"N":"1"}}},{"NULL":true}]}') as object;
        expect(JSON.stringify(await kept(value))).toBe(JSON.stringify(value));
      },
    },
    {
      says: 'an item has 400 KB at most, names of attributes counted',
      basis: 'documented',
      source: `${GUIDE}/Constraints.html#limits-items`,
      holds: async () => {
        const room = 400 * 1024 - 'id'.length - 'a'.length - 'value'.length;
        expect(await kept({ S: 'x'.repeat(room) })).toBeDefined();
        expect(await refused({ S: 'x'.repeat(room + 1) })).toBe('Item size has exceeded the maximum allowed size');
      },
    },
  ],
};
