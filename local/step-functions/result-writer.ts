import { isRecord } from '../input.ts';
import type { ResultWriter } from './definition.ts';
import type { ChildRun, RunParts } from './run-parts.ts';
import { StatesError } from './states-error.ts';
import type { Step } from './strand.ts';

type Named = 'SUCCEEDED' | 'FAILED';

/**
 * What a run of a distributed Map hands on: its results, or where they were written.
 *
 * @throws StatesError States.ResultWriterFailed
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export async function written(
  step: Step,
  { parameters, transformation, lines }: ResultWriter,
  mapRunArn: string,
  runs: readonly ChildRun[],
  { clock, mapStorage }: Pick<RunParts, 'clock' | 'mapStorage'>,
): Promise<unknown> {
  const shaped = (named: Named) =>
    shapedBy(
      transformation,
      runs.filter((run) => statusOf(run) === named),
    );
  if (parameters === undefined) return shaped('SUCCEEDED');
  const asked = await parameters(step, clock.now());
  const [bucket, prefix] = [
    textIn(asked, 'Bucket'),
    isRecord(asked) && asked.Prefix !== undefined ? `${textIn(asked, 'Prefix')}/` : '',
  ];
  const folder = `${prefix}${mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1)}`;
  const file = (named: Named): readonly object[] => {
    const results = shaped(named);
    if (results.length === 0) return [];
    const body = Buffer.from(lines ? results.map((result) => `${JSON.stringify(result)}\n`).join('') : JSON.stringify(results));
    const key = `${folder}/${named}_0.${lines ? 'jsonl' : 'json'}`;
    mapStorage.write(bucket, key, body);
    return [{ Key: key, Size: body.length }];
  };
  const ResultFiles = { FAILED: file('FAILED'), PENDING: [], SUCCEEDED: file('SUCCEEDED') };
  const key = `${folder}/manifest.json`;
  mapStorage.write(bucket, key, Buffer.from(JSON.stringify({ DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles })));
  return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } };
}

const statusOf = ({ outcome }: ChildRun): Named => ('output' in outcome ? 'SUCCEEDED' : 'FAILED');

/** Of those that failed, always the whole. */
function shapedBy(transformation: ResultWriter['transformation'], runs: readonly ChildRun[]): readonly unknown[] {
  return runs.flatMap((run) => {
    if (transformation === 'NONE' || !('output' in run.outcome)) return [whole(run)];
    const { output } = run.outcome;
    return transformation === 'FLATTEN' && Array.isArray(output) ? (output as readonly unknown[]) : [output];
  });
}

function whole(run: ChildRun): object {
  const { arn, name, stateMachineArn, input, started, stopped, outcome } = run;
  const status = statusOf(run);
  return {
    ...('output' in outcome
      ? { Output: JSON.stringify(outcome.output), OutputDetails: { Included: true } }
      : { Error: outcome.failure.code, Cause: outcome.failure.reason }),
    ExecutionArn: arn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    RedriveCount: 0,
    ...(status === 'SUCCEEDED'
      ? { RedriveStatus: 'NOT_REDRIVABLE', RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }
      : { RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' }),
    StartDate: new Date(started).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: new Date(stopped).toISOString(),
  };
}

function textIn(asked: unknown, name: string): string {
  const value = isRecord(asked) ? asked[name] : undefined;
  if (typeof value === 'string') return value;
  throw new StatesError('States.ResultWriterFailed', `the ResultWriter's '${name}' must be a text`);
}
