import { chooseEventTime } from './choose-event-time.ts';
import { chooseKey } from './choose-key.ts';
import { datasetPart, type DatasetPart } from './dataset-part.ts';
import { guessFields, type FieldGuess, type GuessContext } from './guess-fields.ts';
import { leftOutOf, type LeftOut } from './protect-field.ts';
import { SampleError } from './sample-error.ts';
import type { SampleProfile } from './sample-profile.ts';
import { grouped, listed, onOneLine } from './words.ts';

export interface InferOptions {
  /** The dataset's name. */
  readonly dataset: string;
  /** Columns that identify an event, by the sample's names or the contract's. */
  readonly key?: readonly string[];
  readonly eventTime?: string;
  /** Whether names that a contract cannot have are mended; the producer must send the mended ones. */
  readonly rename: boolean;
}

/** What a sample suggests of one dataset. */
export interface InferredDataset extends DatasetPart {
  readonly dataset: string;
  readonly columns: readonly FieldGuess[];
  readonly key: readonly string[];
  /** How many events of the sample differ and have an earlier one's identity all the same. */
  readonly repeats: number;
  readonly eventTime: string;
  readonly leftOut: readonly LeftOut[];
  /** Whether some names are not the sample's. */
  readonly renamed: boolean;
}

/** Samples of fewer events show what is there, and little of what may come. */
const FEW_ROWS = 100;

/**
 * Infers a dataset's contract from what was seen of its sample.
 *
 * @throws {@link SampleError} `NoEvents`, `NoColumns`, `UnmendableNames`, `NamesCollide`, `NamesToMend`, `MixedTypes`, and what the choices of key and time throw
 */
export function inferDataset(sample: SampleProfile, { dataset, key, eventTime, rename }: InferOptions): InferredDataset {
  if (sample.rows === 0) throw new SampleError('NoEvents', 'a sample must hold at least one event; choose another file');
  const named = [...sample.columns.keys()];
  const context: GuessContext = {
    numbersAsTexts: sample.texts,
    eventTime,
    declared: sample.declared,
    mended: new Map(),
    mixed: [],
    collisions: [],
  };
  const columns = guessFields(sample.columns, sample.rows, dataset, '', context);
  refuseUnfit(context, rename);
  if (columns.stated.length === 0)
    throw new SampleError('NoColumns', `a sample must hold values, got none in ${named.length} columns; choose another file`);
  const time = chooseEventTime(columns.stated, sample, eventTime);
  const choice = chooseKey(dataset, columns.stated, sample, key);
  const part = datasetPart(dataset, columns, choice, time);
  const few = `only ${grouped(sample.rows)} events were read, which show little of what may come: every 'required' is a guess`;
  return {
    ...part,
    remarks: [...(sample.rows < FEW_ROWS ? [{ path: [], text: few, confirm: true }] : []), ...part.remarks],
    dataset,
    columns: columns.stated,
    key: choice.fields.map(({ name }) => name),
    repeats: choice.repeats,
    leftOut: leftOutOf(columns),
    eventTime: time.field.name,
    renamed: context.mended.size > 0,
  };
}

function refuseUnfit({ mended, mixed, collisions }: GuessContext, rename: boolean): void {
  const unmendable = [...mended].filter(([, name]) => name === undefined).map(([source]) => source);
  if (unmendable.length > 0)
    throw new SampleError(
      'UnmendableNames',
      `names must be words of a to z and 0 to 9, at most 128 characters in all, got ${listed(unmendable)}; let the producer rename them`,
    );
  if (collisions.length > 0)
    throw new SampleError(
      'NamesCollide',
      `names must differ by more than case and signs, got ${listed(collisions)} beside one alike; let the producer rename them`,
    );
  if (mended.size > 0 && !rename)
    throw new SampleError(
      'NamesToMend',
      `names must be lower-case words joined by '_', neither SQL's nor those of partitions: ${[...mended].map(renaming).join(', ')}; let the producer rename them so, or give '--rename' to write the names that it is to send`,
    );
  if (mixed.length > 0)
    throw new SampleError(
      'MixedTypes',
      `values of a column must be of one type, got ${mixed.join('; ')}; let the producer send one, or take bad events out of the sample`,
    );
}

/** `deviceId → device_id`, and of a field the new name alone: `device.serialNo → serial_no`. */
const renaming = ([source, name = '']: readonly [string, string | undefined]): string => `${onOneLine(source)} → ${name}`;
