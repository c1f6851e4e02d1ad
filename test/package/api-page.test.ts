import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { apiPage, isProps, PAGE } from '../../build/api-page.ts';
import { readApi } from '../../build/api/read-api.ts';
import { REPOSITORY } from '../support/project.ts';

const api = readApi(REPOSITORY);
const props = api.filter(isProps);
const optional = props.flatMap(({ name, members }) =>
  members.filter((member) => member.optional).map((member) => ({ place: `${name}.${member.name}`, ...member })),
);
const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), 'utf8');

test('the reference of the API is what the doc comments say: else run npm run docs', () => {
  expect(read(PAGE)).toBe(apiPage(api));
});

test('exports these and nothing else: whoever adds a name promises to keep it', () => {
  expect(api.map(({ name }) => name)).toEqual([
    'Actor',
    'ActorRole',
    'ActorRoleProps',
    'AlarmTopic',
    'AlarmTopicProps',
    'AuditTrail',
    'AuditTrailProps',
    'Column',
    'ColumnType',
    'Consumer',
    'ConsumerProps',
    'ContractError',
    'Copied',
    'CopyAlarms',
    'CopyAlarmsProps',
    'CuratedTable',
    'CuratedTableProps',
    'Curation',
    'CurationProps',
    'DataContract',
    'DatasetAlarms',
    'DatasetAlarmsProps',
    'DatasetContract',
    'DatasetTable',
    'DatasetTableProps',
    'DatasetWithReleases',
    'DirectPutIngestion',
    'DirectPutIngestionProps',
    'DirectPutShared',
    'DirectPutSharedProps',
    'Domain',
    'DomainAlarms',
    'DomainAlarmsProps',
    'DomainProps',
    'DomainShared',
    'Fault',
    'FunctionEndpoints',
    'FunctionEndpointsProps',
    'FunctionNetwork',
    'IcebergColumn',
    'IcebergList',
    'IcebergMap',
    'IcebergPrimitive',
    'IcebergStruct',
    'IcebergTable',
    'IcebergTableProps',
    'IcebergTables',
    'IcebergTablesProps',
    'IcebergType',
    'InvalidProps',
    'Lake',
    'LakeNetwork',
    'LakeNetworkProps',
    'LakeStorage',
    'LakeStorageProps',
    'LakeZone',
    'MonthlyBudget',
    'MonthlyBudgetProps',
    'NamedQuery',
    'NamedQueryError',
    'ProtectionSecret',
    'ProtectionSecretProps',
    'QuarantineDelivery',
    'QuarantineDeliveryProps',
    'Replay',
    'ReplayProps',
    'Replayed',
    'ReplicaStorage',
    'ReplicaStorageProps',
    'ReplicationAlarms',
    'ReplicationAlarmsProps',
    'RestoreArchive',
    'RestoreArchiveProps',
    'SourcedFault',
    'StewardRole',
    'StewardRoleProps',
    'StorageNeed',
    'StreamIngestion',
    'StreamIngestionProps',
    'Zones',
    'contractFromObject',
    'databaseName',
    'datasetPrefix',
    'importAlarmTopic',
    'importDomain',
    'importLake',
    'importNetwork',
    'parseNamedQuery',
    'readContractFile',
    'readContracts',
    'resolveSources',
    'rolePath',
    'serviceOfThisAccount',
    'tableName',
    'viewName',
    'withReleases',
  ]);
});

test.each(api.map(({ name, summary }) => [name, summary]))('%s says what it is', (_name, summary) => {
  expect(summary).toMatch(/\w{3}/);
});

test.each(props.flatMap(({ name, members }) => members.map((member) => [`${name}.${member.name}`, member.summary])))(
  '%s says what it is',
  (_place, summary) => {
    expect(summary).toMatch(/\w{3}/);
  },
);

test('there are optional props to judge', () => {
  expect(optional.length).toBeGreaterThan(4);
});

test.each(optional.map((member) => [member.place, member] as const))(
  '%s says its default: a value, or what happens',
  (_place, member) => {
    expect(member.byDefault).toMatch(/^(- \w|[\w'"[{])/);
  },
);

test.each(
  props.flatMap(({ name, members }) =>
    members.filter((member) => !member.optional).map((member) => [`${name}.${member.name}`, member] as const),
  ),
)('%s is required and has no default', (_place, member) => {
  expect(member.byDefault).toBeUndefined();
});

test('no member is of a type that the source does not write', () => {
  for (const { members } of api) for (const { type } of members) expect(type).not.toMatch(/^unknown$/);
});

/** Members of `Given` in a project whose entry says so. */
function membersOf(source: string): readonly { readonly name: string; readonly byDefault?: string; readonly file: string }[] {
  const root = mkdtempSync(path.join(tmpdir(), 'headwaters-api-'));
  try {
    mkdirSync(path.join(root, 'constructs'));
    writeFileSync(
      path.join(root, 'constructs/base.ts'),
      `/** B. */
export interface Base {
  /** First. */
  readonly a: string;
  /**
   * Second.
   *
   * @default 2
   */
  readonly b?: number;
  /** Third. */
  readonly c: string;
}
export type Some = Pick<Base, 'a' | 'b'>;
export const value = 1;`,
    );
    writeFileSync(
      path.join(root, 'constructs/index.ts'),
      `import type { Base, Some, value } from './base.ts';\nimport type { Props } from 'library';\n/** G. */\n${source}`,
    );
    return readApi(root).find(({ name }) => name === 'Given')?.members ?? [];
  } finally {
    rmSync(root, { recursive: true });
  }
}

test.each([
  ['an interface', 'export interface Given extends Base {}', ['a', 'b', 'c']],
  ['what is left of one', "export interface Given extends Omit<Base, 'a' | 'c'> {}", ['b']],
  ['one that is left out alone', "export interface Given extends Omit<Base, 'a'> {}", ['b', 'c']],
  ['what is picked of one', "export interface Given extends Pick<Base, 'a'> {}", ['a']],
  ['an alias', 'export interface Given extends Some {}', ['a', 'b']],
  ['an alias of which some is left out', "export interface Given extends Omit<Some, 'a'> {}", ['b']],
  ['several', "export interface Given extends Pick<Base, 'c'>, Pick<Base, 'a'> {}", ['c', 'a']],
  ['of a library, which is not read', 'export interface Given extends Props, Some {}', ['a', 'b']],
])('shows what an interface inherits from %s', (_, source, names) => {
  expect(membersOf(source).map(({ name }) => name)).toEqual(names);
});

test('a member that is inherited keeps its doc comment, its default and its file; what is said anew replaces it', () => {
  expect(membersOf('export interface Given extends Base {\n /** Anew. */\n readonly a: number;\n}')).toEqual([
    expect.objectContaining({ name: 'a', type: 'number', summary: 'Anew.', file: 'constructs/index.ts' }),
    expect.objectContaining({ name: 'b', optional: true, summary: 'Second.', byDefault: '2', file: 'constructs/base.ts' }),
    expect.objectContaining({ name: 'c', summary: 'Third.', file: 'constructs/base.ts' }),
  ]);
});

test.each([
  ['export interface Given extends Omit<Base, keyof Some> {}', "'keyof Some' names members"],
  ['export interface Given extends Omit<{ d: string }, "d"> {}', "'{ d: string }' is inherited"],
  ['export interface Given extends value {}', "'value' is inherited"],
  ['export class Given { public readonly a = 1; }', "'Given.a' has no type that the page could show"],
])('fails for what the page could not show: %s', (source, message) => {
  expect(() => membersOf(source)).toThrow(message);
});

/** The `DEFAULTS` of a file: what its construct uses, as it is written there. */
function defaultsIn(file: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  ts.forEachChild(ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true), (statement) => {
    if (!ts.isVariableStatement(statement)) return;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const value = initializer !== undefined && ts.isAsExpression(initializer) ? initializer.expression : initializer;
      if (name.getText() !== 'DEFAULTS' || value === undefined || !ts.isObjectLiteralExpression(value)) continue;
      for (const property of value.properties)
        if (ts.isPropertyAssignment(property)) found[property.name.getText()] = property.initializer.getText();
    }
  });
  return found;
}
/** `logs.RetentionDays.ONE_DAY` as readers know it: without the name of the module. */
const withoutModule = (expression: string): string => expression.replace(/^[a-z]\w*\.(?=[A-Z])/, '');

test.each(props.map(({ name, file, members }) => [name, file, members] as const))(
  'the defaults that %s states are those of %s',
  (_name, file, members) => {
    const stated = members.flatMap(({ name, byDefault, file: declaredIn }) =>
      declaredIn !== file || byDefault === undefined || byDefault.startsWith('- ') ? [] : [[name, byDefault]],
    );
    const used = Object.entries(defaultsIn(file)).map(([name, value]) => [name, withoutModule(value)]);
    expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(used));
  },
);

test('the defaults of the constructs', () => {
  expect(Object.fromEntries(optional.map(({ place, byDefault }) => [place, byDefault]))).toEqual({
    'AlarmTopicProps.admitsBudgets': 'false',
    'AlarmTopicProps.admitsWorkflows': 'true',
    'AuditTrailProps.auditorAssumedBy': '- anybody of the account whom IAM lets',
    'AuditTrailProps.copies': '- none',
    'AuditTrailProps.managementEvents': 'true',
    'ConsumerProps.curatedDomains': '- none',
    'CurationProps.alarmTopic': '- no alarm',
    'CurationProps.databaseName': "- the domain's",
    'CurationProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'CurationProps.name': "'curation'",
    'CurationProps.runbookUrl': "- the project's own: docs/runbook.md",
    'CurationProps.streamRetention': 'Duration.hours(24)',
    'IcebergTableProps.description': '- nothing is said',
    'IcebergTableProps.key': '- none',
    'IcebergTableProps.properties': '- none',
    'IcebergTableProps.unwantedColumns': "'keep'",
    'IcebergTableProps.zone': "- the zone `curated` of the maker's lake",
    'IcebergTablesProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'IcebergTablesProps.prefix': "- each table's own prefix",
    'ConsumerProps.assumedBy': '- anybody of the account whom IAM lets',
    'ConsumerProps.domains': '- none',
    'ConsumerProps.namedQueries': '- none',
    'ConsumerProps.removalPolicy': 'RemovalPolicy.RETAIN',
    'CopyAlarmsProps.runbookUrl': "- the project's own: docs/runbook.md",
    'DatasetAlarmsProps.quarantineShare': '5',
    'DatasetAlarmsProps.runbookUrl': "- the project's own: docs/runbook.md",
    'DomainProps.alarmTopic': '- no alarms',
    'DomainProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'DomainProps.longestBuffer': 'Duration.minutes(15)',
    'DomainProps.network': "- in Lambda's own network, with a way to the internet",
    'DomainProps.owner': '- the owners of the datasets',
    'DomainProps.producerAssumedBy': '- anybody of the account whom IAM lets',
    'DomainProps.producersAssumedBy': '- those of `producerAssumedBy`',
    'DomainProps.replayTopic': '- a replay tells nobody but whoever looks',
    'DomainProps.replayTopicKey': "- the topic has no key of the account's own",
    'DomainProps.runbookUrl': "- the project's own: docs/runbook.md",
    'DomainProps.shardMetrics': '- nothing',
    'DomainProps.shards': '1',
    'DomainProps.stewardAssumedBy': '- anybody of the account whom IAM lets',
    'DomainProps.streamRetention': 'Duration.hours(24)',
    'LakeNetworkProps.cidr': "'10.0.0.0/24'",
    'LakeNetworkProps.flowLogRetention': 'RetentionDays.THREE_MONTHS',
    'LakeNetworkProps.zones': 'Zones.first(2)',
    'LakeStorageProps.accessLogRetention': 'Duration.days(90)',
    'LakeStorageProps.encryptionKey': '- a key for each purpose: streams, clean data, what is closed, query results, logs',
    'LakeStorageProps.eventBridge': 'true',
    'LakeStorageProps.rawLock': '- no lock: versions alone guard against a mistaken deletion',
    'LakeStorageProps.replicationRegion': '- no copy',
    'LakeStorageProps.resultRetention': 'Duration.days(7)',
    'MonthlyBudgetProps.emails': '- none',
    'MonthlyBudgetProps.tagKey': '- headwaters:environment, which the constructs here give to all that they make',
    'MonthlyBudgetProps.topic': '- none',
    'DirectPutIngestionProps.alarmTopic': '- no alarms',
    'DirectPutIngestionProps.longestBuffer': 'Duration.minutes(15)',
    'DirectPutIngestionProps.runbookUrl': "- the project's own: docs/runbook.md",
    'DirectPutSharedProps.alarmTopic': '- no alarm',
    'DirectPutSharedProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'DirectPutSharedProps.network': "- in Lambda's own network, with a way to the internet",
    'DirectPutSharedProps.owner': '- the owners of the datasets',
    'DirectPutSharedProps.producerAssumedBy': '- anybody of the account whom IAM lets',
    'DirectPutSharedProps.producersAssumedBy': '- the producer of the others',
    'DirectPutSharedProps.runbookUrl': "- the project's own: docs/runbook.md",
    'DomainAlarmsProps.areObjectsTold': 'true',
    'DomainAlarmsProps.runbookUrl': "- the project's own: docs/runbook.md",
    'QuarantineDeliveryProps.logKey': "- the service's own key",
    'QuarantineDeliveryProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'ReplayProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'ReplayProps.topic': '- a run tells nobody but whoever looks',
    'ReplayProps.topicKey': "- the topic has no key of the account's own",
    'ReplicationAlarmsProps.runbookUrl': "- the project's own: docs/runbook.md",
    'ReplicaStorageProps.accessLogRetention': 'Duration.days(90)',
    'RestoreArchiveProps.logKey': "- the service's own key",
    'RestoreArchiveProps.logRetention': 'RetentionDays.THREE_MONTHS',
    'RestoreArchiveProps.topicKey': "- the topic has no key of the account's own",
    'StewardRoleProps.assumedBy': '- anybody of the account whom IAM lets',
    'StreamIngestionProps.alarmTopic': '- no alarms',
    'StreamIngestionProps.logRetention': 'RetentionDays.TWO_WEEKS',
    'StreamIngestionProps.longestBuffer': 'Duration.minutes(15)',
    'StreamIngestionProps.network': "- in Lambda's own network, with a way to the internet",
    'StreamIngestionProps.producerAssumedBy': '- anybody of the account whom IAM lets',
    'StreamIngestionProps.runbookUrl': "- the project's own: docs/runbook.md",
    'StreamIngestionProps.shardMetrics': '- nothing',
    'StreamIngestionProps.shards': '1',
    'StreamIngestionProps.streamRetention': 'Duration.hours(24)',
  });
});

test('a page shows props under their construct, a value as code, a behaviour as words, and no pipe that ends a cell', () => {
  const said = { throws: [], see: [] };
  const page = apiPage([
    {
      ...said,
      name: 'Silo',
      kind: 'class',
      summary: 'Holds `a | b` and <c>.',
      file: 'x.ts',
      text: 'new Silo()',
      members: [],
      bases: ['Construct'],
    },
    {
      ...said,
      name: 'SiloProps',
      kind: 'interface',
      summary: 'What it needs.',
      file: 'x.ts',
      text: '',
      bases: [],
      members: [
        {
          name: 'size',
          file: 'x.ts',
          type: "'a' | 'b'",
          optional: true,
          summary: 'Size.',
          byDefault: '1',
          throws: ['`InvalidProps` `TooLarge`'],
          see: [],
        },
        { ...said, name: 'lid', file: 'x.ts', type: 'boolean', optional: true, summary: 'Lid.', byDefault: '- as the weather' },
      ],
    },
  ]);
  expect(page.match(/^###.*$/gm)).toEqual(['### Silo']);
  expect(page).toContain('Holds `a | b` and &lt;c>.\n');
  expect(page).toContain("| `size?` | `'a' \\| 'b'` | `1` | Size. Throws `InvalidProps` `TooLarge`. |");
  expect(page).toContain('| `lid?` | `boolean` | as the weather | Lid. |');
});
