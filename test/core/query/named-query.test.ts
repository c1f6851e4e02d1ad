import { parseNamedQuery, resolveSources } from '../../../core/query/named-query.ts';

const HEAD = '-- name: Load by grid\n-- description: How much each grid carried\n';
const SQL = "SELECT g.x\nFROM {{ source('energy', 'readings') }} AS r\nJOIN {{source('water','levels')}} AS g ON true";

test('reads a question with its head, its sources and its SQL', () => {
  expect(parseNamedQuery('models/questions/load_by_grid.sql', HEAD + SQL + '\n')).toEqual({
    file: 'models/questions/load_by_grid.sql',
    id: 'LoadByGrid',
    statementName: 'load_by_grid',
    name: 'Load by grid',
    description: 'How much each grid carried',
    domain: 'energy',
    sources: [
      { domain: 'energy', dataset: 'readings', line: 4 },
      { domain: 'water', dataset: 'levels', line: 5 },
    ],
    parameters: [],
    template: SQL,
  });
});

test('counts the lines of the file, whatever stands where its head does', () => {
  const lines = [
    '-- why it is asked',
    '-- name: Ask',
    '',
    'SELECT 1 FROM',
    "{{ source('energy',",
    " 'readings') }}",
    '-- description: it',
  ];
  expect(parseNamedQuery('a.sql', lines.join('\n')).sources).toEqual([{ domain: 'energy', dataset: 'readings', line: 5 }]);
});

test('reads lines that end as Windows ends them', () => {
  expect(parseNamedQuery('a.sql', (HEAD + SQL).replaceAll('\n', '\r\n')).name).toBe('Load by grid');
});

test.each([
  ['HeadMissing', SQL, "must begin with '-- name: …' and '-- description: …'; add them"],
  ['HeadMissing', `-- name: x\n${SQL}`, 'must begin with'],
  ['SourceMissing', `${HEAD}SELECT 1`, 'must read at least one'],
  ['SourceMissing', `${HEAD}SELECT 1 FROM {{ source("energy", "readings") }}`, 'must read at least one'],
  ['UnknownExpression', `${HEAD}${SQL} WHERE {{ var('x') }}`, 'may hold no expression but'],
  ['UnknownExpression', `${HEAD}${SQL} {% if x %} {% endif %}`, 'may hold no expression but'],
  ['UnknownExpression', `${HEAD}${SQL} {# a remark #}`, 'may hold no expression but'],
])('fails with %s (case %#)', (code, text, message) => {
  expect(() => parseNamedQuery('a.sql', text)).toThrow(`a.sql: ${code}: ${message}`);
});

test('reads the parameters of a statement; a question mark in a text, a name or a comment is none', () => {
  const text = `${HEAD}-- parameters: grid,  since\n${SQL} WHERE a = ? AND b = 'why?''?' AND "c?" > ? -- ?\n/* ? */`;
  expect(parseNamedQuery('load_of_grid.sql', text)).toMatchObject({
    statementName: 'load_of_grid',
    parameters: ['grid', 'since'],
  });
});

test.each([
  ['ParametersDiffer', 'a.sql', `${HEAD}${SQL} WHERE a = ?`, 'got 0 for 1; name each, separated by commas'],
  ['ParametersDiffer', 'a.sql', `${HEAD}-- parameters: x\n${SQL} WHERE a = '?'`, 'got 1 for 0'],
  ['BadParameter', 'a.sql', `${HEAD}-- parameters: x, x\n${SQL} WHERE a = ? AND b = ?`, "got 'x'; rename it"],
  ['BadParameter', 'a.sql', `${HEAD}-- parameters: The grid\n${SQL} WHERE a = ?`, "got 'The grid'; rename it"],
  ['BadStatementName', 'a-b.sql', `${HEAD}-- parameters: x\n${SQL} WHERE a = ?`, "got 'a-b'; rename the file"],
  [
    'BadStatementName',
    'questions/a.sql',
    `${HEAD}-- parameters: x\n${SQL} WHERE a = ?`,
    "by 2 to 256 .* got 'a'; rename the file",
  ],
])('fails with %s in %s (case %#)', (code, file, text, message) => {
  expect(() => parseNamedQuery(file, text)).toThrow(new RegExp(`^${file}: ${code}: .*${message}`));
});

test('resolves each source to the view of its environment', () => {
  const query = parseNamedQuery('a.sql', HEAD + SQL);
  expect(resolveSources(query, 'dev', () => true)).toBe(
    'SELECT g.x\nFROM "headwaters_dev_energy"."readings" AS r\nJOIN "headwaters_dev_water"."levels" AS g ON true',
  );
});

test('fails for a source that no contract holds, by its file and line', () => {
  const query = parseNamedQuery('models/questions/a.sql', HEAD + SQL);
  expect(() => resolveSources(query, 'dev', (domain) => domain === 'energy')).toThrow(
    "models/questions/a.sql:5: UnknownSource: reads 'water.levels', which no contract holds; mend the source or add the contract",
  );
});
