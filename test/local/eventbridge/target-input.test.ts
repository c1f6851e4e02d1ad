import { isJson, NoJson, parsePath, partOf, transformer, UnknownInput } from '../../../local/eventbridge/target-input.ts';

const event = {
  'detail-type': 'Filed',
  time: '2001-01-09T08:00:00Z',
  detail: { id: 'a"b', owner: { name: 'x' }, tags: ['one', 'two'], final: true, rows: [{ n: 1 }] },
};
const telling = { rule: { name: 'rule', arn: 'arn:rule' }, time: Date.UTC(2001, 0, 9, 9) };
const made = (template: string, paths: Readonly<Record<string, string>> = {}): string => {
  const input = transformer(paths, template)(event, telling);
  return input instanceof NoJson ? `no JSON: ${input.text}` : (input ?? '');
};
const PATHS = {
  owner: '$.detail.owner',
  name: '$.detail.owner.name',
  tags: '$.detail.tags',
  final: '$.detail.final',
  none: '$.detail.none',
};

test.each<[string, unknown]>([
  ['$', event],
  ['$.detail-type', 'Filed'],
  ['$.detail.rows[0].n', 1],
  ['$.detail.rows[1].n', undefined],
  ['$.detail.constructor', undefined],
])('the path %s leads to %j', (path, value) => {
  expect(parsePath(path)(event)).toEqual(value);
});

test.each(['detail', '$..id', '$.detail.*', "$['detail']"])('fails for the path %s', (path) => {
  expect(() => partOf(path)).toThrow(UnknownInput);
});

test('nothing is sent for a path that leads nowhere', () => {
  expect(partOf('$.detail.none')(event, telling)).toBeUndefined();
});

test.each<[string, string]>([
  ['"<name> has <tags>, <owner>, <final> and <none>."', '"x has [one,two], {name:x}, true and ."'],
  ['{"owner": <owner>, "tags": [<name>], "none": <none>}', '{"owner": {"name":"x"}, "tags": ["x"], "none": ""}'],
  ['{"path": "owners/<name>/<name>", "final": "<final>"}', '{"path": "owners/x/x", "final": "true"}'],
  ['{"owner": "<owner>"}', 'no JSON: {"owner": "{"name":"x"}"}'],
  ['{"tags": "<tags>"}', 'no JSON: {"tags": "["one","two"]"}'],
  ['"{[/ <name>"', '"{[/ x"'],
  ['"<name>"\n"<final>"', '"x"\n"true"'],
])('the template %s makes %s', (template, input) => {
  expect(made(template, PATHS)).toBe(input);
});

test('a text with quotes stays JSON within quotes', () => {
  expect(isJson(made('{"id": "<id>"}', { id: '$.detail.id' }))).toBe(true);
});

test('what every template may name', () => {
  expect(made('"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"')).toBe(
    '"arn:rule rule 2001-01-09T09:00:00Z"',
  );
  expect(JSON.parse(made('{"event": <aws.events.event>, "json": <aws.events.event.json>}'))).toEqual({
    event: { time: event.time, detailType: 'Filed' },
    json: event,
  });
});

test('fails for a template that is neither an object nor a text in quotes', () => {
  expect(() => made('filed')).toThrow(UnknownInput);
});
