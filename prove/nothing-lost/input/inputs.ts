import type { IngestionForm } from '../../../core/ingestion/ingestion-form.ts';
import { goodEvent } from './event.ts';
import { lined, type Input } from './input.ts';
import { ODD_BYTES } from './odd-bytes.ts';
import { ODD_JSON } from './odd-json.ts';
import { LARGE, ODD_VALUES } from './odd-values.ts';

export { LARGE } from './odd-values.ts';

/** What a producer means to send. */
export const GOOD: Input = lined('a good event', (given) => [goodEvent(given)]);

/** Every input of moderate size that somebody may send in place of an event, B1 to B32 and worse. */
export const ODD: readonly Input[] = [...ODD_BYTES, ...ODD_JSON, ...ODD_VALUES];

/** All of them. */
export const INPUTS: readonly Input[] = [...ODD, ...LARGE];

/** Those of some inputs whose lines are as they say where events come in by this form. */
export const ofForm = (form: IngestionForm, inputs: readonly Input[]): readonly Input[] =>
  inputs.filter(({ ofStreams = false }) => form === 'stream' || !ofStreams);
