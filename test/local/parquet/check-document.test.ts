import { checkDocument, schemaOf } from '../../../local/parquet/check-document.ts';
import { splitDocuments } from '../../../local/parquet/split-documents.ts';

const judge = (type: string, value: string): string | undefined => {
  const checked = checkDocument(`{"v":${value}}`, schemaOf([{ Name: 'v', Type: type }]));
  return 'row' in checked ? checked.row.slice('{"v":'.length, -1) : undefined;
};

test.each([
  ['bigint', '9223372036854775807', '9223372036854775807'],
  ['bigint', '-9223372036854775808', '-9223372036854775808'],
  ['int', '2147483647', '2147483647'],
  ['double', '1e308', '1e308'],
  ['double', '7', '7'],
  ['boolean', 'true', 'true'],
  ['string', '"a\\nb"', '"a\\nb"'],
  ['string', '"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
  ['decimal(5,2)', '123.45', '"123.45"'],
  ['decimal(5,2)', '"-0.10"', '"-0.1"'],
  ['decimal(5,2)', '1.2e2', '"120"'],
  ['decimal(5,2)', '0012e-3', undefined],
  ['date', '"2024-02-29"', '"2024-02-29"'],
  ['timestamp', '"2024-01-01 23:59:59"', '"2024-01-01 23:59:59.000000"'],
  ['timestamp', '"2024-01-01 00:00:00.123456000"', '"2024-01-01 00:00:00.123456"'],
  ['array<int>', '[1, null ,2]', '[1,null,2]'],
  ['array<array<int>>', '[[],[1]]', '[[],[1]]'],
  ['map<string,struct<a:int>>', '{"K":{"A":1,"b":2}}', '{"K":{"a":1}}'],
  ['bigint', 'null', 'null'],
])('%s takes %s as %s', (type, value, expected) => {
  expect(judge(type, value)).toBe(expected);
});

test.each([
  ['bigint', '"12"'],
  ['bigint', '9223372036854775808'],
  ['bigint', '1.0'],
  ['bigint', '1e3'],
  ['int', '1.7'],
  ['int', '2147483648'],
  ['tinyint', '128'],
  ['double', '"1.5"'],
  ['double', '1e400'],
  ['float', '1e39'],
  ['boolean', '1'],
  ['boolean', '"true"'],
  ['string', '12'],
  ['string', '{"a":1}'],
  ['string', '"\\ud83d"'],
  ['decimal(5,2)', '1.234'],
  ['decimal(5,2)', '1234.5'],
  ['decimal(5,2)', '"1,5"'],
  ['date', '"2023-02-29"'],
  ['date', '"2024-1-1"'],
  ['date', '"0000-01-01"'],
  ['timestamp', '"2024-01-01T00:00:00Z"'],
  ['timestamp', '"2024-01-01 24:00:00"'],
  ['timestamp', '"2024-01-01 00:00:00.1234567"'],
  ['timestamp', '1704067200'],
  ['array<int>', '1'],
  ['array<int>', '[1.5]'],
  ['map<string,int>', '{"a":1,"a":2}'],
  ['map<int,int>', '{"1":1}'],
  ['struct<a:int>', '{"a":1,"A":2}'],
  ['binary', '"AA=="'],
])('fails %s with %s', (type, value) => {
  expect(judge(type, value)).toBeUndefined();
});

test.each([
  ['timestamp', '1677-09-21 00:12:43.145225', true],
  ['timestamp', '1677-09-21 00:12:43.145224', false],
  ['timestamp', '1677-09-21 00:12:43.145', false],
  ['timestamp', '1677-09-21 00:12:43.146', true],
  ['timestamp', '2262-04-11 23:47:16.854', true],
  ['timestamp', '2262-04-11 23:47:16.854775', true],
  ['timestamp', '2262-04-11 23:47:16.854776', false],
  ['timestamp', '2262-04-11 23:47:17', false],
  ['timestamp', '9999-12-31 23:59:59', false],
  ['date', '1583-01-01', true],
  ['date', '1582-12-31', false],
  ['date', '0001-01-01', false],
  ['date', '9999-12-31', true],
])('a %s of %s is kept: %s', (type, value, kept) => {
  expect(judge(type, JSON.stringify(value)) !== undefined).toBe(kept);
});

test.each([
  ['timestamp', '2300-01-01 00:00:00', 'a timestamp from 1677-09-21 00:12:43.145225 to 2262-04-11 23:47:16.854775'],
  ['date', '1500-01-01', 'a date from 1583-01-01 to 9999-12-31'],
])('fails a %s that Firehose would change, with a clear message and without the value', (type, value, range) => {
  const schema = schemaOf([{ Name: 'v', Type: `struct<at:${type}>` }]);
  expect(checkDocument(JSON.stringify({ v: { at: value } }), schema)).toEqual({
    fault: `column 'v.at' must hold ${range}: Firehose would silently write another one`,
  });
});

test.each(['{"v":1,}', '{"v":01}', "{'v':1}", '{"v":NaN}', '{"v":"\t"}'])('fails what is not JSON: %s', (document) => {
  expect(checkDocument(document, schemaOf([{ Name: 'v', Type: 'int' }]))).toEqual({ fault: 'the document is not JSON' });
});

test('fails a nested value by the path of its column, without the value', () => {
  const schema = schemaOf([{ Name: 'Place', Type: 'struct<zip:int>' }]);
  expect(checkDocument('{"place":{"zip":"secret"}}', schema)).toEqual({
    fault: "column 'place.zip' does not hold its value exactly: it is int",
  });
});

test.each([
  ['{"a":1}{"b":1}', ['{"a":1}', '{"b":1}']],
  [' {"a":"}{"}\r\n\t{"b":"\\\\"} ', ['{"a":"}{"}', '{"b":"\\\\"}']],
  ['{}', ['{}']],
  ['', undefined],
  [' \n', undefined],
  ['[{"a":1}]', undefined],
  ['{"a":1},{"b":1}', undefined],
  ['{"a":1} x', undefined],
  ['{"a":1', undefined],
  ['{"a":"1', undefined],
  ['1', undefined],
])('splits %j', (text, expected) => {
  expect(splitDocuments(text)).toEqual(expected);
});

/** Columns whose rows the next cases want, each document judged after another of the same schema: what one taught must not mislead the next. */
const PLACES = schemaOf([
  { Name: 'Id', Type: 'int' },
  { Name: 'Place', Type: 'struct<zip:int,Names:map<string,string>>' },
  { Name: 'At', Type: 'timestamp' },
]);

test.each([
  ['{"id":1,"place":{"zip":2,"names":{"a":"b"}},"at":null}', '{"id":1,"place":{"zip":2,"names":{"a":"b"}},"at":null}'],
  ['{"at":null,"id":1}', '{"at":null,"id":1}'],
  ['{"x":1,"y":{"id":[2]},"id":1}', '{"id":1}'],
  ['{"id":1,"x":[{"id":3},"}"],"y":2,"at":null,"z":""}', '{"id":1,"at":null}'],
  ['{"x":1}', '{}'],
  ['{ }', '{}'],
  ['{"ID" : 1 ,\n"x" : { } ,\r\n"PLACE":{\t"w":1 , "Zip": 2 } }', '{"id":1,"place":{"zip":2}}'],
  ['{"\\u0069d":1,"place":{"names":{"\\u0061":"\\u0062"}}}', '{"id":1,"place":{"names":{"a":"\\u0062"}}}'],
  ['{"at":"2001-02-03 04:05:06","id":1}', '{"at":"2001-02-03 04:05:06.000000","id":1}'],
])('makes a row of %s', (document, row) => {
  expect(checkDocument(document, PLACES)).toEqual({ row });
});
