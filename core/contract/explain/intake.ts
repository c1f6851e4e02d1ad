import { DIRECT_PUT_FROM_SECONDS, ingestionForm, type IngestionForm } from '../../ingestion/ingestion-form.ts';
import type { DatasetContract } from '../model.ts';

/** How events of a dataset come in. */
export interface Intake {
  readonly form: IngestionForm;
  /** Why it is so, in words. */
  readonly why: string;
}

export function intakeOf(dataset: DatasetContract): Intake {
  const form = ingestionForm(dataset);
  if (form === 'direct-put')
    return { form, why: 'its events are promised in an hour or later, and one delivery takes its busiest seconds' };
  return dataset.freshnessSeconds < DIRECT_PUT_FROM_SECONDS
    ? { form, why: 'its events are promised sooner than in an hour' }
    : { form, why: 'its busiest seconds bring more than one delivery takes' };
}
