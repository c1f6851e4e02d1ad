import { DynamoRig } from '../../dynamodb/rig.ts';
import type { FactTable } from '../fact.ts';
import { dynalite, GUIDE } from './sources.ts';

const ITEM = {
  id: { S: 'a' },
  n: { N: '5' },
  s: { S: 'hello' },
  tags: { SS: ['x', 'y'] },
  parts: { L: [{ N: '1' }, { S: 'two' }] },
  doc: { M: { leaf: { S: 'v' }, deep: { L: [{ M: { at: { N: '1' } } }] } } },
  flag: { BOOL: true },
  nothing: { NULL: true },
};

async function rigWithItem(): Promise<DynamoRig> {
  const rig = new DynamoRig();
  await rig.table('items');
  await rig.put('items', ITEM);
  return rig;
}

interface Given {
  readonly names?: object;
  readonly values?: object;
}
const placeholders = ({ names, values }: Given) => ({
  ...(names !== undefined && { ExpressionAttributeNames: names }),
  ...(values !== undefined && { ExpressionAttributeValues: values }),
});

/** Whether the item meets a filter. */
async function meets(FilterExpression: string, given: Given = {}): Promise<boolean> {
  const rig = await rigWithItem();
  const { Count } = await rig.ask('Scan', { TableName: 'items', FilterExpression, ...placeholders(given) });
  return Count === 1;
}

const refusedFilter = async (FilterExpression: string, given: Given = {}): Promise<string> =>
  (await rigWithItem()).invalid('Scan', { TableName: 'items', FilterExpression, ...placeholders(given) });

/** The item after an update. */
async function updated(UpdateExpression: string, given: Given = {}): Promise<Record<string, unknown>> {
  const rig = await rigWithItem();
  const asked = { TableName: 'items', Key: { id: ITEM.id }, UpdateExpression, ReturnValues: 'ALL_NEW', ...placeholders(given) };
  return (await rig.ask('UpdateItem', asked)).Attributes as Record<string, unknown>;
}

const refusedUpdate = async (UpdateExpression: string, given: Given = {}): Promise<string> =>
  (await rigWithItem()).invalid('UpdateItem', {
    TableName: 'items',
    Key: { id: ITEM.id },
    UpdateExpression,
    ...placeholders(given),
  });

const five = { values: { ':v': { N: '5' } } };
const SCAN = dynalite('scan');
const UPDATE = dynalite('updateItem');

export const dynamodbExpressions: FactTable = {
  service: 'DynamoDB',
  facts: [
    {
      says: 'comparators compare values of one type; what an item lacks meets <> alone',
      basis: 'documented',
      source: `${GUIDE}/Expressions.OperatorsAndFunctions.html`,
      holds: async () => {
        for (const [text, expected] of [
          ['n = :v', true],
          ['n <> :v', false],
          ['n >= :v AND n <= :v', true],
          ['n < :v OR n > :v', false],
          ['s = :v', false],
          ['s <> :v', true],
          ['s > :v', false],
          ['absent = :v', false],
          ['absent <> :v', true],
          ['NOT n = :v', false],
          ['n BETWEEN :v AND :v', true],
          ['n IN (s, :v)', true],
          ['(n = :v) AND (NOT (s = :v))', true],
          ['size(s) = :v', true],
          ['size(parts) < :v', true],
        ] as const)
          expect([text, await meets(text, five)]).toEqual([text, expected]);
      },
    },
    {
      says: 'functions look at paths, into lists and maps too',
      basis: 'documented',
      source: `${GUIDE}/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Functions`,
      holds: async () => {
        const values = (value: object) => ({ values: { ':v': value } });
        expect(await meets('attribute_exists(doc.deep[0].#at)', { names: { '#at': 'at' } })).toBe(true);
        expect(await meets('attribute_not_exists(doc.deep[1])')).toBe(true);
        expect(await meets('attribute_type(doc, :v)', values({ S: 'M' }))).toBe(true);
        expect(await meets('begins_with(s, :v)', values({ S: 'he' }))).toBe(true);
        expect(await meets('contains(s, :v)', values({ S: 'ell' }))).toBe(true);
        expect(await meets('contains(tags, :v)', values({ S: 'x' }))).toBe(true);
        expect(await meets('contains(parts, :v)', values({ S: 'two' }))).toBe(true);
        expect(await meets('contains(parts, :v)', values({ S: 'one' }))).toBe(false);
      },
    },
    {
      says: 'the size of a text is told in units of UTF-16, as Java counts them: pages say “the length”',
      basis: 'undecided',
      source: `${GUIDE}/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Functions`,
      holds: async () => {
        const rig = new DynamoRig();
        await rig.table('items');
        await rig.put('items', { id: { S: 'a' }, s: { S: 'é😀' } });
        const asked = { TableName: 'items', FilterExpression: 'size(s) = :v', ExpressionAttributeValues: { ':v': { N: '3' } } };
        expect(await rig.ask('Scan', asked)).toMatchObject({ Count: 1 });
      },
    },
    {
      says: 'sets are the same in any order',
      basis: 'observed',
      source: SCAN,
      holds: async () => {
        expect(await meets('tags = :v', { values: { ':v': { SS: ['y', 'x'] } } })).toBe(true);
      },
    },
    {
      says: 'AND binds closer than OR, and words of operators may be written small',
      basis: 'documented',
      source: `${GUIDE}/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Precedence`,
      holds: async () => {
        expect(await meets('n = :v or n <> :v and s = :v', five)).toBe(true);
        expect(await meets('(n = :v OR n <> :v) AND s = :v', five)).toBe(false);
      },
    },
    {
      says: 'an expression that cannot be read is refused with the word that has no place and its neighbours',
      basis: 'observed',
      source: SCAN,
      holds: async () => {
        expect(await refusedFilter('a / b')).toBe('Invalid FilterExpression: Syntax error; token: "/", near: "a / b"');
        expect(await refusedFilter('')).toBe('Invalid FilterExpression: The expression can not be empty;');
        expect(await refusedFilter('((n = :v))', five)).toBe(
          'Invalid FilterExpression: The expression has redundant parentheses;',
        );
      },
    },
    {
      says: 'where an expression ends too soon, the word is <EOF>, near the word before it',
      basis: 'observed',
      source: 'https://github.com/AllocZero/EfficientDynamoDb/issues/153',
      holds: async () => {
        expect(await refusedFilter('n = :v AND contains(s, :v', five)).toBe(
          'Invalid FilterExpression: Syntax error; token: "<EOF>", near: ":v"',
        );
      },
    },
    {
      says: 'an expression has 300 operators and functions at most',
      basis: 'observed',
      source: 'https://github.com/aws/aws-sdk-js/issues/3721',
      holds: async () => {
        const all = (count: number) => Array.from({ length: count }, () => 'n=:v').join(' OR ');
        expect(await meets(all(150), five)).toBe(true);
        expect(await refusedFilter(all(151), five)).toBe(
          'Invalid FilterExpression: The expression contains too many operators; operator count: 301',
        );
      },
    },
    {
      says: 'an expression has 4,096 bytes at most, and an IN 100 values',
      basis: 'documented',
      source: `${GUIDE}/Constraints.html#limits-expression-parameters`,
      holds: async () => {
        expect(await refusedFilter(`n = ${' '.repeat(4096)}:v`, five)).toMatch(
          /^Invalid FilterExpression: Expression size has exceeded the maximum allowed size/,
        );
        const among = (count: number) => `n IN (${Array.from({ length: count }, () => ':v').join(', ')})`;
        expect(await meets(among(100), five)).toBe(true);
        expect(await refusedFilter(among(101), five)).toBe(
          'Invalid FilterExpression: The IN operator is provided with too many operands; number of operands: 101',
        );
      },
    },
    {
      says: 'a word of DynamoDB’s own needs a placeholder',
      basis: 'documented',
      source: `${GUIDE}/ReservedWords.html`,
      holds: async () => {
        expect(await refusedFilter('status = :v', five)).toBe(
          'Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: status',
        );
        expect(await meets('#s = :v', { names: { '#s': 'n' }, ...five })).toBe(true);
      },
    },
    {
      says: 'placeholders are defined, and used',
      basis: 'observed',
      source: SCAN,
      holds: async () => {
        expect(await refusedFilter('#a = :v', five)).toBe(
          'Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #a',
        );
        expect(await refusedFilter('n = :w', five)).toBe(
          'Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :w',
        );
        expect(await refusedFilter('n = :v', { values: { ':v': { N: '5' }, ':w': { N: '1' } } })).toBe(
          'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
        );
        expect(await refusedFilter('n = :v', { names: { '#a': 'b' }, ...five })).toBe(
          'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
        );
        expect(await refusedFilter('n = :v', { values: { v: { N: '5' } } })).toBe(
          'ExpressionAttributeValues contains invalid key: Syntax error; key: "v"',
        );
        expect(await refusedFilter('n = :v', { values: { ':v': { N: 'x' } } })).toBe(
          'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v',
        );
      },
    },
    {
      says: 'placeholders without an expression are refused',
      basis: 'observed',
      source: dynalite('putItem'),
      holds: async () => {
        const rig = await rigWithItem();
        expect(await rig.invalid('PutItem', { TableName: 'items', Item: ITEM, ExpressionAttributeNames: { '#a': 'a' } })).toBe(
          'ExpressionAttributeNames can only be specified when using expressions',
        );
        expect(
          await rig.invalid('PutItem', { TableName: 'items', Item: ITEM, ExpressionAttributeValues: { ':a': { S: 'a' } } }),
        ).toBe('ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null');
      },
    },
    {
      says: 'functions are known by name, number and kind of operands, and stand where they may',
      basis: 'observed',
      source: SCAN,
      holds: async () => {
        const begin = 'Invalid FilterExpression: ';
        expect(await refusedFilter('nope(a)')).toBe(`${begin}Invalid function name; function: nope`);
        expect(await refusedFilter('attribute_exists(a, b)')).toBe(
          `${begin}Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2`,
        );
        expect(await refusedFilter('attribute_exists(:v)', five)).toBe(
          `${begin}Operator or function requires a document path; operator or function: attribute_exists`,
        );
        expect(await refusedFilter('begins_with(s, :v)', five)).toBe(
          `${begin}Incorrect operand type for operator or function; operator or function: begins_with, operand type: N`,
        );
        expect(await refusedFilter('size(s)')).toBe(
          `${begin}The function is not allowed to be used this way in an expression; function: size`,
        );
        expect(await refusedFilter('contains(s, :v) = :v', five)).toBe(
          `${begin}The function is not allowed to be used this way in an expression; function: contains`,
        );
        expect(await refusedFilter('a = a')).toBe(
          `${begin}The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]`,
        );
      },
    },
    {
      says: 'BETWEEN has bounds of one type, the lower first',
      basis: 'observed',
      source: SCAN,
      holds: async () => {
        expect(await refusedFilter('n BETWEEN :a AND :b', { values: { ':a': { N: '2' }, ':b': { N: '1' } } })).toBe(
          'Invalid FilterExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
        );
        expect(await refusedFilter('n BETWEEN :a AND :b', { values: { ':a': { N: '2' }, ':b': { S: '1' } } })).toBe(
          'Invalid FilterExpression: The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {S:1}',
        );
      },
    },
    {
      says: 'an update sets, removes, adds and deletes, all of it seen from the item as it was',
      basis: 'documented',
      source: `${GUIDE}/Expressions.UpdateExpressions.html`,
      holds: async () => {
        expect(
          await updated(
            'SET n = n + :v, m2 = n, doc.#new = if_not_exists(absent, :v), parts = list_append(parts, :l) REMOVE s, flag ADD absent2 :v, tags :t DELETE more :t',
            { names: { '#new': 'new' }, values: { ':v': { N: '5' }, ':l': { L: [{ N: '3' }] }, ':t': { SS: ['z'] } } },
          ),
        ).toEqual({
          id: ITEM.id,
          n: { N: '10' },
          m2: { N: '5' },
          tags: { SS: ['x', 'y', 'z'] },
          parts: { L: [...ITEM.parts.L, { N: '3' }] },
          doc: { M: { ...ITEM.doc.M, new: { N: '5' } } },
          nothing: ITEM.nothing,
          absent2: { N: '5' },
        });
      },
    },
    {
      says: 'elements of lists are removed by the places that they had, and set behind the end they are appended',
      basis: 'documented',
      source: `${GUIDE}/Expressions.UpdateExpressions.html#Expressions.UpdateExpressions.REMOVE.RemovingListElements`,
      holds: async () => {
        expect((await updated('REMOVE parts[0], parts[1]')).parts).toEqual({ L: [] });
        expect((await updated('SET parts[9] = :v', five)).parts).toEqual({ L: [...ITEM.parts.L, { N: '5' }] });
      },
    },
    {
      says: 'a set that loses its last member is gone',
      basis: 'observed',
      source: UPDATE,
      holds: async () => {
        expect(await updated('DELETE tags :t', { values: { ':t': { SS: ['x', 'y', 'q'] } } })).not.toHaveProperty('tags');
      },
    },
    {
      says: 'an update is refused for sections twice, paths that clash, and operands of a wrong type',
      basis: 'observed',
      source: UPDATE,
      holds: async () => {
        const begin = 'Invalid UpdateExpression: ';
        expect(await refusedUpdate('SET a = :v SET b = :v', five)).toBe(
          `${begin}The "SET" section can only be used once in an update expression;`,
        );
        expect(await refusedUpdate('SET doc.leaf = :v REMOVE doc', five)).toBe(
          `${begin}Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [doc, leaf], path two: [doc]`,
        );
        expect(await refusedUpdate('REMOVE a[0], a.b')).toBe(
          `${begin}Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [0]], path two: [a, b]`,
        );
        expect(await refusedUpdate('ADD a :v', { values: { ':v': { S: 'x' } } })).toBe(
          `${begin}Incorrect operand type for operator or function; operator: ADD, operand type: STRING`,
        );
        expect(await refusedUpdate('DELETE a :v', five)).toBe(
          `${begin}Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER`,
        );
        expect(await refusedUpdate('SET a = b + :v', { values: { ':v': { S: 'x' } } })).toBe(
          `${begin}Incorrect operand type for operator or function; operator or function: +, operand type: S`,
        );
      },
    },
    {
      says: 'an update is refused where the item does not have what it needs',
      basis: 'observed',
      source: UPDATE,
      holds: async () => {
        expect(await refusedUpdate('SET a = absent')).toBe(
          'The provided expression refers to an attribute that does not exist in the item',
        );
        expect(await refusedUpdate('SET absent.b = :v', five)).toBe(
          'The document path provided in the update expression is invalid for update',
        );
        expect(await refusedUpdate('SET a = s + :v', five)).toBe(
          'An operand in the update expression has an incorrect data type',
        );
        expect(await refusedUpdate('ADD s :v', five)).toBe('An operand in the update expression has an incorrect data type');
      },
    },
    {
      says: 'an attribute of the key is not updated',
      basis: 'observed',
      source: UPDATE,
      holds: async () => {
        expect(await refusedUpdate('SET id = :v', five)).toBe(
          'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
        );
        expect(await refusedUpdate('SET id.a = :v', five)).toBe(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id",
        );
      },
    },
    {
      says: 'a projection keeps maps, closes up lists, and leaves out what is not there',
      basis: 'documented',
      source: `${GUIDE}/Expressions.ProjectionExpressions.html`,
      holds: async () => {
        const rig = await rigWithItem();
        const ProjectionExpression = 'n, parts[1], parts[7], doc.deep[0].#at, absent.x';
        expect(
          await rig.get('items', { id: ITEM.id }, { ProjectionExpression, ExpressionAttributeNames: { '#at': 'at' } }),
        ).toEqual({
          n: ITEM.n,
          parts: { L: [{ S: 'two' }] },
          doc: { M: { deep: { L: [{ M: { at: { N: '1' } } }] } } },
        });
      },
    },
    {
      says: 'parameters from before there were expressions are not simulated, and named',
      basis: 'undecided',
      source: `${GUIDE}/LegacyConditionalParameters.html`,
      holds: async () => {
        const rig = await rigWithItem();
        expect(await rig.refusal('GetItem', { TableName: 'items', Key: { id: ITEM.id }, AttributesToGet: ['n'] })).toEqual({
          code: 'NotImplemented',
          message: 'NotImplemented: dynamodb:GetItem with AttributesToGet, which expressions have taken the place of',
        });
      },
    },
  ],
};
