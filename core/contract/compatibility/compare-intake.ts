import { ingestionForm, type IngestionForm } from '../../ingestion/ingestion-form.ts';
import { outputKey } from '../../naming.ts';
import { intakeOf } from '../explain/intake.ts';
import type { DatasetContract } from '../model.ts';
import { breaking, type Change } from './change.ts';

const PLACE: Readonly<Record<IngestionForm, string>> = { stream: 'its own stream', 'direct-put': 'its delivery' };
const OUTPUT: Readonly<Record<IngestionForm, (dataset: string) => string>> = {
  stream: outputKey.streamName,
  'direct-put': outputKey.deliveryStreamName,
};

/**
 * Producers put events elsewhere once the form changes, whether its freshness or its volume changed it: what takes them is made anew, and
 * what took them goes.
 */
export function compareIntake(before: DatasetContract, after: DatasetContract): readonly Change[] {
  const [old, now] = [ingestionForm(before), ingestionForm(after)];
  if (old === now) return [];
  return [
    breaking(
      'IntakeChanged',
      after.name,
      ['producers'],
      `from ${PLACE[old]} to ${PLACE[now]}, since ${intakeOf(after).why}: what producers put in the old place is taken no longer`,
      `have its producers stop, wait until what they put is in its table, deploy, and have them put into what the output '${OUTPUT[now](after.name)}' of its stack names`,
    ),
  ];
}
