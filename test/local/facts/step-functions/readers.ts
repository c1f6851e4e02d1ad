import { byPaths, distributed, failed } from '../../step-functions/paths-rig.ts';
import { pass, states, type Answer } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const SCENARIOS = recorded('scenarios/test_base_scenarios');
const GUIDE = guide('input-output-itemreader');

const reader = (ReaderConfig: object, more: object = {}): Answer =>
  distributed({
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig, Parameters: { Bucket: 'b', 'Key.$': '$.key' } },
    ...more,
  });

/** What a Map makes of an object: its output, or the failure with the last events. */
async function mapped(state: Answer, object: string, input: object = {}): Promise<unknown> {
  const { begin, clock, describe, types } = states(byPaths({ S: state }), { objects: { 'b/file': object } });
  const arn = await begin({ key: 'file', ...input });
  await clock.advance(1000);
  const { output, error, cause } = await describe(arn);
  return typeof output === 'string' ? (JSON.parse(output) as unknown) : { error, cause, events: (await types(arn)).slice(3) };
}

const CSV = 'A,B\n1,"x,y"\n2\n,,\n3,z,more\n';
const HEADERS = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

/** Items of distributed Maps that lie in S3, and batches of them. */
export const stepFunctionsReaders: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'an ItemReader reads a list of JSON; what is none, an object too, fails the Map with States.ItemReaderFailed',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        expect(await mapped(reader({ InputType: 'JSON' }), '[1,{"a":2}]')).toEqual([1, { a: 2 }]);
        expect(await mapped(reader({ InputType: 'JSON' }), '{"a":[1],"b":2}')).toEqual({
          error: 'States.ItemReaderFailed',
          cause: 'Attempting to map over non-iterable node.',
          events: ['MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed'],
        });
      },
    },
    {
      says: 'an ItemsPath beside an ItemReader decides nothing',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        expect(await mapped(reader({ InputType: 'JSON' }, { ItemsPath: '$.none' }), '[1]')).toEqual([1]);
      },
    },
    {
      says: 'rows of CSV are objects of texts by the first row, or by CSVHeaders: what a row lacks is empty, what has no header is left out',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const rows = [
          { A: '1', B: 'x,y' },
          { A: '2', B: '' },
          { A: '', B: '' },
          { A: '3', B: 'z' },
        ];
        expect(await mapped(reader(HEADERS), CSV)).toEqual(rows);
        const given = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['A'] };
        expect(await mapped(reader(given), CSV.replace('A,B\n', ''))).toEqual(rows.map(({ A }) => ({ A })));
        expect(await mapped(reader({ ...given, CSVHeaders: ['A', 'A'] }), CSV)).toMatchObject({
          error: 'States.ItemReaderFailed',
          cause: 'CSV headers cannot contain duplicates.',
        });
      },
    },
    {
      says: 'CSVDelimiter is COMMA, PIPE, SEMICOLON, SPACE or TAB; JSONL has an item on each line',
      basis: 'documented',
      source: GUIDE,
      holds: async () => {
        const delimiters = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };
        for (const [CSVDelimiter, sign] of Object.entries(delimiters))
          expect(await mapped(reader({ ...HEADERS, CSVDelimiter }), `A${sign}B\n1${sign}2\n`)).toEqual([{ A: '1', B: '2' }]);
        expect(await mapped(reader({ InputType: 'JSONL' }), '{"a":1}\n[2]\n')).toEqual([{ a: 1 }, [2]]);
      },
    },
    {
      says: 'MaxItems bounds the items, and 0 does not; what is negative fails the reader, what is no whole number the execution before its run',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const run = (MaxItems: unknown) => mapped(reader({ InputType: 'JSON', MaxItemsPath: '$.n' }), '[1,2,3]', { n: MaxItems });
        expect([await run(2), await run(0), await run(100_000_001)]).toEqual([
          [1, 2],
          [1, 2, 3],
          [1, 2, 3],
        ]);
        expect(await mapped(reader({ InputType: 'JSON', MaxItems: 1 }), '[1,2,3]')).toEqual([1]);
        expect(await run(-1)).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'field MaxItems must be positive' });
        expect(await run(1.5)).toEqual({
          ...failed('The MaxItemsPath field refers to value "1.5" which is not a valid integer: $.n'),
          events: ['ExecutionFailed'],
        });
      },
    },
    {
      says: 'the MapStateStarted of a Map that reads its items has the length 0',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const { begin, clock, send } = states(byPaths({ S: reader({ InputType: 'JSON' }) }), { objects: { 'b/file': '[1,2]' } });
        const executionArn = await begin({ key: 'file' });
        await clock.advance(1000);
        const events = (await send('GetExecutionHistory', { executionArn })).events as Answer[];
        expect(events.find(({ type }) => type === 'MapStateStarted')).toMatchObject({
          mapStateStartedEventDetails: { length: 0 },
        });
      },
    },
    {
      says: 'an ItemReader may list the objects below a prefix in the place of reading one',
      basis: 'documented',
      source: GUIDE,
      holds: async () => {
        const ItemReader = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b', Prefix: 'in/' } };
        const machine = byPaths({ S: distributed({ ItemReader, ItemSelector: { 'k.$': '$$.Map.Item.Value.Key' } }) });
        const objects = { 'b/in/1': '', 'b/in/2': '', 'b/out/3': '' };
        expect((await states(machine, { objects }).run()).output).toEqual([{ k: 'in/1' }, { k: 'in/2' }]);
      },
    },
    {
      says: 'an ItemBatcher hands so many items, or bytes of them, to each child, with BatchInput beside them',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const batched = (ItemBatcher: object) => mapped(reader({ InputType: 'JSON' }, { ItemBatcher }), '[1,2,3]');
        expect(await batched({ MaxItemsPerBatch: 2, BatchInput: { 'of.$': '$.key' } })).toEqual([
          { BatchInput: { of: 'file' }, Items: [1, 2] },
          { BatchInput: { of: 'file' }, Items: [3] },
        ]);
        expect(await batched({ MaxInputBytesPerBatch: 16 })).toEqual([{ Items: [1, 2] }, { Items: [3] }]);
      },
    },
    {
      says: 'readers and batchers in JSONata have Arguments, and expressions for their numbers',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const ItemReader = {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON', MaxItems: '{% $states.input.n %}' },
          Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
        };
        const ItemBatcher = { MaxItemsPerBatch: '{% $states.input.n %}', BatchInput: { n: '{% $states.input.n %}' } };
        const machine = { ...byPaths({ S: distributed({ ItemReader, ItemBatcher }) }), QueryLanguage: 'JSONata' };
        expect((await states(machine, { objects: { 'b/file': '[1,2,3]' } }).run({ key: 'file', n: 2 })).output).toEqual([
          { BatchInput: { n: 2 }, Items: [1, 2] },
        ]);
      },
    },
    {
      says: 'thresholds of failures count items, also those of a batch that fails',
      basis: 'documented',
      source: guide('maprun-fail-threshold'),
      holds: async () => {
        const tolerating = async (threshold: object) => {
          const state = distributed({ ItemBatcher: { MaxItemsPerBatch: 4 }, ...threshold });
          const items = {
            Item: { Type: 'Choice', Choices: [{ Variable: '$.Items[0]', NumericEquals: 1, Next: 'Bad' }], Default: 'Good' },
            Good: pass(),
            Bad: { Type: 'Fail', Error: 'No' },
          };
          const processor = { ...(state.ItemProcessor as object), States: items };
          return (await states(byPaths({ S: { ...state, ItemProcessor: processor } })).run([1, 2, 3, 4, 5])).status;
        };
        expect(await tolerating({ ToleratedFailureCount: 3 })).toBe('FAILED');
        expect(await tolerating({ ToleratedFailureCount: 4 })).toBe('SUCCEEDED');
        expect(await tolerating({ ToleratedFailurePercentage: 79 })).toBe('FAILED');
        expect(await tolerating({ ToleratedFailurePercentage: 80 })).toBe('SUCCEEDED');
      },
    },
    {
      says: 'a reader’s VersionId reads that version, and ItemSelector shapes items before they are put together',
      basis: 'documented',
      source: GUIDE,
      holds: async () => {
        const ItemReader = {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: 'b', Key: 'k', VersionId: 'v1' },
        };
        const selected = { ItemSelector: { 'v.$': '$$.Map.Item.Value' }, ItemBatcher: { MaxItemsPerBatch: 2 } };
        const machine = byPaths({ S: distributed({ ItemReader, ...selected }) });
        expect((await states(machine, { objects: { 'b/k': '[0]', 'b/k?v1': '[1,2]' } }).run()).output).toEqual([
          { Items: [{ v: 1 }, { v: 2 }] },
        ]);
      },
    },
    {
      says: 'a path of ItemSelector, of a reader or of a batcher that finds nothing fails the execution, whatever failures are tolerated',
      basis: 'undecided',
      source: GUIDE,
      holds: async () => {
        const tolerant = { ToleratedFailurePercentage: 100 };
        const run = async (rest: object, input: unknown) =>
          (await states(byPaths({ S: distributed({ ...tolerant, ...rest }) })).run(input)).error;
        expect(await run({ ItemSelector: { 'a.$': '$.none' } }, [1])).toBe('States.Runtime');
        expect(await run({ ItemSelector: { 'a.$': '$.none' }, ItemBatcher: { MaxItemsPerBatch: 1 } }, [1])).toBe(
          'States.Runtime',
        );
        const batcher = { ItemsPath: '$.list', ItemBatcher: { MaxItemsPerBatchPath: '$.n' } };
        expect(await run(batcher, { list: [1], n: 0 })).toBe('States.Runtime');
        expect(await mapped(reader({ InputType: 'JSON' }, { ItemSelector: { 'a.$': '$.none' } }), '[1]')).toMatchObject({
          events: ['MapRunStarted', 'ExecutionFailed'],
        });
      },
    },
    {
      says: 'lines of CSV end in CR LF, LF or CR, each as it likes; a mark of the order of bytes is no part of the first name',
      basis: 'undecided',
      source: GUIDE,
      holds: async () => {
        expect(await mapped(reader(HEADERS), '\uFEFFA,B\r\n1,2\n3,4\n')).toEqual([
          { A: '1', B: '2' },
          { A: '3', B: '4' },
        ]);
        expect(await mapped(reader({ InputType: 'JSON' }), '\uFEFF[1]')).toEqual([1]);
      },
    },
    {
      says: 'a ResultWriter writes SUCCEEDED_0.json, FAILED_0.json and manifest.json into a folder of the run, and the state hands on where',
      basis: 'observed',
      source: SCENARIOS,
      holds: async () => {
        const objects: Record<string, string> = {};
        const run = distributed({
          Label: 'each',
          ToleratedFailurePercentage: 100,
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'out' } },
        });
        const items = {
          Item: {
            Type: 'Choice',
            Choices: [{ Variable: '$', NumericEquals: 1, Next: 'Good' }],
            Default: 'Bad',
          },
          Good: pass({ Result: 'one' }),
          Bad: { Type: 'Fail', Error: 'No', Cause: 'said so' },
        };
        const processor = { ...(run.ItemProcessor as object), States: items };
        const outcome = await states(byPaths({ S: { ...run, ItemProcessor: processor } }), { objects }).run([1, 2]);
        const { MapRunArn, ResultWriterDetails } = outcome.output as Record<string, unknown>;
        const folder = `out/${String(MapRunArn).split(':').at(-1)}`;
        expect(ResultWriterDetails).toEqual({ Bucket: 'b', Key: `${folder}/manifest.json` });
        const read = (name: string): unknown => JSON.parse(objects[`b/${folder}/${name}`] ?? 'null');
        const sizeOf = (name: string) => ({ Key: `${folder}/${name}`, Size: objects[`b/${folder}/${name}`]?.length });
        expect(read('manifest.json')).toEqual({
          DestinationBucket: 'b',
          MapRunArn,
          ResultFiles: { FAILED: [sizeOf('FAILED_0.json')], PENDING: [], SUCCEEDED: [sizeOf('SUCCEEDED_0.json')] },
        });
        expect(read('SUCCEEDED_0.json')).toMatchObject([{ Input: '1', Output: '"one"', Status: 'SUCCEEDED' }]);
        expect(read('FAILED_0.json')).toMatchObject([{ Input: '2', Error: 'No', Cause: 'said so', Status: 'FAILED' }]);
      },
    },
    {
      says: 'WriterConfig tells each result with its execution (NONE), alone (COMPACT), or has the items of a list in its place (FLATTEN), as JSON or JSON Lines',
      basis: 'documented',
      source: guide('input-output-resultwriter'),
      holds: async () => {
        const objects: Record<string, string> = {};
        const shaped = async (Transformation: string) => {
          const run = distributed({ ResultWriter: { WriterConfig: { Transformation, OutputType: 'JSON' } } });
          return (await states(byPaths({ S: run })).run([[1, 2], 3])).output;
        };
        expect(await shaped('COMPACT')).toEqual([[1, 2], 3]);
        expect(await shaped('FLATTEN')).toEqual([1, 2, 3]);
        expect(await shaped('NONE')).toMatchObject([{ Output: '[1,2]', Status: 'SUCCEEDED' }, { Output: '3' }]);
        const ResultWriter = {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b' },
          WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
        };
        await states(byPaths({ S: distributed({ ResultWriter }) }), { objects }).run([[1, 2], 3]);
        expect(Object.entries(objects).find(([name]) => name.endsWith('/SUCCEEDED_0.jsonl'))?.[1]).toBe('1\n2\n3\n');
      },
    },
  ],
};
