import { DuckDBInstance } from '@duckdb/node-api';
import { Command } from 'commander';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { addContractsInit } from '../../../cli/commands/contracts-init.ts';
import { initContract, type InitOptions } from '../../../cli/contracts/init/init-contract.ts';
import { formatInitialized, toJson } from '../../../cli/contracts/init/report.ts';
import type { Out } from '../../../cli/output.ts';
import type { DatasetContract } from '../../../core/contract/model.ts';
import { readContractFile, readContracts } from '../../../core/contract/read-file.ts';
import { createDemoSource } from '../../../sample/index.ts';

const SILENT: Out = {
  line: () => undefined,
  step: async () => undefined,
  detail: () => undefined,
  done: () => undefined,
  failed: () => undefined,
};
const DATA = path.join(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwaters-init-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sample = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const contracts = (): string => path.join(folder, 'contracts');
const init = (samples: readonly string[], options: Partial<InitOptions> = {}) =>
  initContract(
    samples,
    { domain: 'energy', owner: 'energy@example.com', rows: 10_000, rename: false, stdout: false, force: false, ...options },
    contracts(),
    SILENT,
  );
const event = (index: number, more = ''): string => `{"reading_id":"r-${index}","measured_at":"2026-01-31T09:30:00Z"${more}}\n`;
const events = (count: number, more = ''): string => Array.from({ length: count }, (_, index) => event(index, more)).join('');

test('writes contracts of the sample platform that the reader accepts, under which it would accept every event', async () => {
  const written = new Map<string, string>();
  for await (const { batches } of createDemoSource({ rows: 20_000, seed: 2001 }).days())
    for (const { dataset, events: lines } of batches) written.set(dataset, `${written.get(dataset) ?? ''}${lines.join('\n')}\n`);
  const files = [...written].map(([dataset, text]) => sample(`${dataset}.ndjson`, text));
  const { datasets } = await init(files, { product: 'airline' });
  const [contract] = readContracts(contracts());
  const identity = ({ name, eventIdFields, eventTimeField }: DatasetContract) => ({ name, eventIdFields, eventTimeField });
  const own = readContracts('contracts').flatMap((known) => known.datasets);
  expect(contract?.datasets.map(identity)).toEqual(
    [...written.keys()].map((name) => identity(own.find((known) => known.name === name) as DatasetContract)),
  );
  const personal = contract?.datasets.flatMap(({ columns }) => columns.filter(({ tags }) => tags.includes('personal')));
  expect(personal?.map(({ name, protection }) => `${name} ${protection ?? ''}`)).toEqual([
    'passenger_id tokenize',
    'full_name hash',
    'email mask',
    'phone mask',
    'birth_date drop',
    'passenger_id tokenize',
    'contact_email mask',
    'card_number mask',
    'special_request drop',
  ]);
  for (const { verdict } of datasets) expect(verdict).toMatchObject({ accepted: verdict?.events, refused: {} });
});

test('reads real Parquet, no more of it than it is told, and says what its key would lose', async () => {
  const read = (key?: readonly string[]) =>
    init([path.join(DATA, 'flights-3m.parquet')], { dataset: 'flights', rows: 1000, ...(key === undefined ? {} : { key }) });
  await expect(read()).rejects.toThrow(
    "NoKey: no column and no pair of columns identifies an event: the best, 'distance' + 'delay', would merge 24 of 1,000",
  );
  const initialized = await read(['distance', 'delay']);
  expect(initialized.datasets).toMatchObject([
    { read: 1000, more: true, inferred: { eventTime: 'date', key: ['distance', 'delay'], repeats: 24 } },
  ]);
  expect(formatInitialized(initialized)).toContain(
    "LOSS: 24 of 1,000 events (2.4 %) differ and have an earlier one's identity: of such, readers see one a day",
  );
  expect(initialized.text).toContain("# confirm: 24 of 1,000 events differ and have an earlier one's identity");
  expect(
    readContractFile(path.join(contracts(), 'energy/flights.odcs.yaml')).datasets[0]?.columns.map(({ type }) => type.kind),
  ).toEqual(['timestamp', 'integer', 'integer', 'string', 'string']);
});

test('takes the types that Parquet states', async () => {
  const file = path.join(folder, 'typed [1].parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT 'r' || i AS id, TIMESTAMPTZ '2026-01-31 09:30:00+01' AS seen_at, i::INTEGER AS small, 1::DECIMAL(10,2) AS fee, 3::DOUBLE AS load,
    CASE WHEN i = 2 THEN 'nan'::DOUBLE ELSE 1 END AS holes, MAP {'a': i} AS parts, 'x'::BLOB AS bytes, {'part': [i]} AS nested, 9007199254740993 AS big FROM range(3) t(i)) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const { datasets, text } = await init([file], { dataset: 'typed' });
  expect((JSON.parse(toJson({ text, datasets, confirm: [] })) as { datasets: unknown[] }).datasets).toMatchObject([
    {
      columns: [
        { name: 'id', type: 'string' },
        { name: 'seen_at', type: 'timestamp' },
        { name: 'small', type: 'integer' },
        { name: 'fee', type: 'decimal(10,2)' },
        { name: 'load', type: 'number' },
        { name: 'holes', type: 'number' },
        { name: 'parts', type: 'map<string,bigint>' },
        { name: 'nested', type: 'object' },
        { name: 'big', type: 'integer' },
      ],
    },
  ]);
  expect(text).toContain("# left out: 'bytes', since it holds bytes");
});

test('reads CSV with quotes and empty cells', async () => {
  const rows = ['id,seen_at,note,load,ok', '1,2026-01-31 09:30:00,"a, ""b""\nc",1.5,true', '2,2026-01-31 10:30:00,,2,false'];
  for (const file of [sample('readings.csv', rows.join('\n')), sample('zipped.csv.gz', gzipSync(rows.join('\n')))]) {
    const { datasets } = await init([file]);
    expect(datasets[0]?.inferred.columns.map(({ name, part, required }) => [name, part.logicalType, required])).toEqual([
      ['id', 'integer', true],
      ['seen_at', 'timestamp', true],
      ['note', 'string', false],
      ['load', 'number', true],
      ['ok', 'boolean', true],
    ]);
    expect(datasets[0]?.verdict).toBeUndefined();
  }
});

test('keeps every digit of NDJSON, gzipped or not', async () => {
  const text = event(1, ',"counter":9007199254740993,"energy":0.1234567890123456789');
  for (const file of [
    sample('plain.ndjson', text),
    sample('zipped.jsonl.gz', gzipSync(text)),
    sample('list.json', `[${text}]`),
  ]) {
    const { datasets } = await init([file], { dataset: 'readings', force: true });
    expect(datasets[0]?.inferred.columns.slice(2).map(({ part }) => part)).toEqual([
      { logicalType: 'integer' },
      { logicalType: 'number', physicalType: 'decimal(38,19)' },
    ]);
  }
});

test('says what would be refused of the sample', async () => {
  const { datasets } = await init([sample('readings.ndjson', `${events(99, ',"load":1')}${event(99, ',"load":"x"')}`)]);
  expect(datasets[0]?.verdict).toEqual({ events: 100, accepted: 99, refused: { 'wrong-type load': 1 } });
});

test('takes several files for samples of the dataset that is named', async () => {
  const { datasets } = await init([sample('a.ndjson', events(2)), sample('b.ndjson', events(5))], {
    dataset: 'readings',
    rows: 6,
  });
  expect(datasets).toMatchObject([{ read: 6, copies: 2, more: true, inferred: { dataset: 'readings' } }]);
});

test.each([
  ['SampleMissing', 'nope.ndjson', undefined, {}],
  ['SampleEmpty', 'empty.ndjson', '', {}],
  ['UnknownFormat', 'sample.xml', '<a/>', {}],
  ['NoEvents', 'blank.ndjson', '\n\n', {}],
  ['NotJsonArray', 'list.json', '[\n{"a":1},"secret"]', {}],
  ['NotJsonArray', 'cut.json', '[{"a":"secret"}', {}],
  ['NotJsonArray', 'comma.json', '[{"a":"secret"},]', {}],
  ['NotJsonArray', 'no_comma.json', '[{"a":"secret"} {"a":1}]', {}],
  ['NotJsonArray', 'two.json', '[{"a":"secret"}]\n[]', {}],
  ['NotJsonArray', 'numbers.json', '[1]', {}],
  ['NotJsonArray', 'long.json', `[{"a":"${'x'.repeat(1_100_000)}"}]`, {}],
  ['NoEvents', 'empty.json', '[ ]', {}],
  ['NotNdjson', 'pretty.json', '{\n  "a": "secret"\n}', {}],
  ['NotCsv', 'quote.csv', 'id,at,v,zip\n1,2026-01-31 09:30:00,"secret,10115\n2,2026-01-31 10:30:00,x,10116\n', {}],
  ['NotCsv', 'ragged.csv', 'id,at\n1\n2,3,4\n5\n', {}],
  ['NotNdjson', 'words.ndjson', 'secret', {}],
  ['NotNdjson', 'bytes.ndjson', Uint8Array.of(0x7b, 0xff, 0x7d), {}],
  ['NotNdjson', 'long.ndjson', `{"a":"${'x'.repeat(1_100_000)}"}`, {}],
  ['NotGzip', 'cut.ndjson.gz', gzipSync(events(500)).subarray(0, 100), {}],
  ['NotParquet', 'words.parquet', 'secret', {}],
  ['NotCsv', 'bytes.csv', Uint8Array.of(0x61, 0x0a, 0xff, 0x0a), {}],
  ['NoHeader', 'bare.csv', '1,ada@mail.example\n2,secret\n', {}],
  ['ColumnTwice', 'twice.csv', 'id,id\n1,2\n', {}],
  ['NamesToMend', 'camel.ndjson', '{"flightDate":1}', {}],
  ['InvalidProduct', 'readings.ndjson', events(1), { product: '../../readings' }],
  ['InvalidName', 'readings.ndjson', events(1), { domain: '../energy' }],
  ['InvalidName', 'readings.ndjson', events(1), { dataset: 'Readings' }],
  ['InvalidName', `${'long_'.repeat(9)}.ndjson`, events(1), {}],
  ['OwnerIsNobody', 'readings.ndjson', events(1), { owner: 'tbd' }],
  ['ReservedName', 'readings_clean.ndjson', events(1), {}],
])('fails with %s for %s, quotes no value and writes nothing', async (code, name, content, options) => {
  const file = content === undefined ? path.join(folder, name) : sample(name, content);
  const failure = await init([file], options).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
  expect(failure).toContain(`${code}: `);
  expect(failure).not.toMatch(/secret|mail\.example/);
  expect(existsSync(contracts())).toBe(false);
});

test.each([
  [
    { domain: 'Shop' },
    "InvalidName: '--domain' must be lower-case words joined by '_', at most 24 characters, got 'Shop'; did you mean 'shop'?",
  ],
  [{ dataset: 'My-Readings' }, "InvalidName: '--dataset' must be lower-case words"],
  [{ product: 'My-Readings' }, "InvalidProduct: '--product' must be lower-case words"],
  [{ owner: 'tbd' }, "OwnerIsNobody: '--owner' must name a person or a mailbox, got 'tbd'"],
  [{ domain: 'Shop', owner: 'tbd' }, "did you mean 'shop'?\nOwnerIsNobody: '--owner' must"],
])('fails with %j by the name of its option, before anything is read', async (options, said) => {
  const file = sample('readings.ndjson', 'nothing that could be read');
  await expect(init([file], options)).rejects.toThrow(said);
});

test('names the dataset by its sample where its name is not lawful', async () => {
  await expect(init([sample('readings_clean.ndjson', events(1))])).rejects.toThrow(
    "ReservedName: the dataset that is called like 'readings_clean.ndjson' (call it otherwise with '--dataset') must not end in '_clean'",
  );
});

test.each([
  ['quote.csv', 'id,v\n1,a\n2,"never\n3,b\n', 3],
  ['between.csv', 'id,v\n1,"open\n2,"closed"\n', 2],
  ['twice.csv', 'id;v\n1;"a ""quoted"" one"\n2;"x ""y"";z\n', 3],
  ['header.csv', '\ufeff"id,v\n1,a\n', 1],
  ['zipped.csv.gz', gzipSync('id,v\r\n1,"a\r\n'), 2],
])('says where a quote of %s is never closed', async (name, content, line) => {
  await expect(init([sample(name, content)])).rejects.toThrow(
    `must be CSV that closes each quote, got one on line ${line} that is never closed; close it, or write a quote of the value twice`,
  );
});

test.each([
  ['within a value', 'reading_id,at,v\n1,2026-01-31 09:30:00,5" pipe\n2,2026-01-31 09:30:00,7" pipe\n'],
  ['around lines', 'reading_id,at,v\n1,2026-01-31 09:30:00,"a, ""b""\nc" \n2,2026-01-31 09:30:00,""\n'],
  ['behind a tab', 'reading_id\tat\tv\n1\t2026-01-31 09:30:00\t"open\n2\t2026-01-31 09:30:00\tb\n'],
])('reads CSV with quotes %s', async (_, content) => {
  const { datasets } = await init([sample('readings.csv', content)]);
  expect(datasets[0]?.inferred.columns.map(({ name }) => name)).toEqual(['reading_id', 'at', 'v']);
});

test('reads one JSON array as its items, however it is laid out', async () => {
  const items = Array.from({ length: 3000 }, (_, index) => ({
    reading_id: `r-${index}`,
    measured_at: '2026-01-31T09:30:00Z',
    parts: [{ said: `"]},{[\\ ${index}`, of: [[]] }],
  }));
  for (const text of [JSON.stringify(items), JSON.stringify(items, null, 2), `\ufeff \n${JSON.stringify(items)}\n`]) {
    const { datasets } = await init([sample('readings.json', text)], { force: true, rows: 2500 });
    expect(datasets).toMatchObject([{ read: 2500, more: true, verdict: { events: 2500, accepted: 2500 } }]);
  }
});

test('says which item of an array is no event', async () => {
  await expect(init([sample('readings.json', '[{"a":1}, {"a":2}, 3]')])).rejects.toThrow('item 3 is not an object');
});

test('tells people what is personal at any depth, what is left out and why', async () => {
  const more =
    ',"email":"ada@mail.example","account":{"contact":{"email":"ada@mail.example"}},"to":["ada@mail.example"],"nul":null,"box":{"none":[]},"void":[]';
  const initialized = await init([sample('readings.ndjson', events(120, more))]);
  expect(formatInitialized(initialized).split('\n').slice(1, -2)).toEqual([
    'readings: 5 columns from all 120 events',
    '  identity reading_id, event time measured_at',
    '  perhaps personal: email (mask), account (all of it dropped, for account.contact.email), to (all of it dropped, for to[])',
    '  left out: nul (no value was seen); box (only objects without a value were seen); void (only empty arrays were seen)',
    '  the platform would accept 120 of 120 of them',
  ]);
});

test('says of a sample that is no events why it was not tried', async () => {
  const csv = await init([sample('readings.csv', 'reading_id,at\n1,2026-01-31 09:30:00\n')]);
  expect(formatInitialized(csv)).toContain('not tried on the sample: it is CSV, and events are sent as JSON');
  const renamed = await init([sample('renamed.ndjson', '{"id":"a","seenAt":"2026-01-31T09:30:00Z"}')], { rename: true });
  expect(formatInitialized(renamed)).toContain('not tried on the sample: it has the names from before the renaming');
});

test('marks an INTERVAL of Parquet', async () => {
  const file = path.join(folder, 'spans.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS id, TIMESTAMP '2026-01-31 09:30:00' AS at, to_seconds(i) AS span, {'x': INTERVAL '3 months'} AS nested FROM range(3) t(i)) TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const initialized = await init([file]);
  const said = initialized.confirm.flatMap(({ column, text }) => (column === undefined ? [] : [`${column}: ${text}`]));
  expect(said).toEqual([
    expect.stringContaining('at: read as UTC'),
    expect.stringContaining('span: is an INTERVAL of Parquet, for which a contract has no type'),
    expect.stringContaining('nested.x: looks like a span of time'),
  ]);
  expect(formatInitialized(initialized)).toContain('not tried on the sample: it is Parquet');
});

test('names the line that is no event', async () => {
  await expect(init([sample('readings.ndjson', `${events(2)}[1]\n`)])).rejects.toThrow('line 3 is not an object');
});

test('fails over a contract that exists, unless forced, and leaves nothing half-written', async () => {
  const file = sample('readings.ndjson', events(3));
  await init([file]);
  const place = path.relative(process.cwd(), path.join(contracts(), 'energy/readings.odcs.yaml'));
  await expect(init([file])).rejects.toThrow(`ContractExists: '${place}' must not exist yet`);
  await init([file], { force: true });
  expect(readdirSync(path.join(contracts(), 'energy'))).toEqual(['readings.odcs.yaml']);
});

test('fails with a key for several datasets', async () => {
  const files = [sample('a.ndjson', events(1)), sample('b.ndjson', events(1))];
  await expect(init(files, { key: ['reading_id'] })).rejects.toThrow(/^OneDatasetOnly: /);
});

describe('the command', () => {
  const run = async (...args: readonly string[]): Promise<string> => {
    const lines: string[] = [];
    const program = new Command('headwaters').exitOverride().configureOutput({ writeErr: () => undefined });
    addContractsInit(program.command('contracts').copyInheritedSettings(program), {
      ...SILENT,
      line: (text) => lines.push(text),
    });
    await program.parseAsync(['contracts', 'init', ...args], { from: 'user' });
    return lines.join('\n');
  };

  test('prints what it wrote as one line of JSON', async () => {
    const out = path.join(folder, 'out.odcs.yaml');
    const file = sample('readings.ndjson', events(120, ',"email":"ada@mail.example"'));
    const printed = await run(
      file,
      '--domain',
      'energy',
      '--owner',
      'energy@example.com',
      '--retention',
      '730',
      '--out',
      out,
      '--json',
    );
    expect(JSON.parse(printed)).toEqual({
      file: out,
      datasets: [
        {
          dataset: 'readings',
          events: { read: 120, copies: 0, more: false, accepted: 120, refused: {} },
          columns: [
            { name: 'reading_id', type: 'string' },
            { name: 'measured_at', type: 'timestamp' },
            { name: 'email', type: 'string', guess: 'email', protection: 'mask' },
          ],
          leftOut: [],
          key: ['reading_id'],
          repeats: 0,
          eventTime: 'measured_at',
        },
      ],
      confirm: [
        { text: "'active' once every mark is settled" },
        { dataset: 'readings', text: 'unique in all 120 events of the sample' },
        { dataset: 'readings', column: 'email', text: 'looks like an e-mail address (100 % of 120 values)' },
      ],
    });
    expect(readFileSync(out, 'utf8')).not.toContain('mail.example');
    expect(readContractFile(out).datasets[0]?.storage.retentionDays).toBe(730);
  });

  test('prints the contract and writes nothing', async () => {
    const file = sample('readings.ndjson', events(1));
    expect(await run(file, '--domain', 'energy', '--owner', 'energy@example.com', '--stdout')).toContain('apiVersion: v3.1.0');
    expect(readdirSync(folder)).toEqual(['readings.ndjson']);
  });

  test.each([
    [[], "a contract needs a file with sample events, '--domain <name>', '--owner <who>'; write"],
    [['--domain', 'energy'], "a contract needs a file with sample events, '--owner <who>'; write"],
    [['a.ndjson', '--owner', 'a@example.com'], "a contract needs '--domain <name>'; write"],
  ])('fails with %j and names all that is missing', async (args, said) => {
    await expect(run(...args)).rejects.toThrow(`Incomplete: ${said}`);
  });

  test.each([
    [['--domain', 'energy', '--owner', 'a', '--retention', '100'], 'one of 7, 30'],
    [['--domain', 'energy', '--owner', 'a', '--rows', '0'], 'whole number from 1'],
    [['--domain', 'energy', '--owner', 'a', '--format', 'xml'], 'ndjson, csv, parquet'],
    [['--domain', 'energy', '--owner', 'a', '--stdout', '--json'], 'cannot be used with'],
  ])('fails with %j', async (args, said) => {
    await expect(run('readings.ndjson', ...args)).rejects.toThrow(said);
  });
});
