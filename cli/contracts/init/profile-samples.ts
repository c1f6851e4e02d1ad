import { SampleProfile } from '../../../core/contract/infer/sample-profile.ts';
import { CommandError } from '../../command-error.ts';
import { withOptionalPeers } from '../../optional-peer.ts';
import { readNdjson, type SampleRow } from './read-ndjson.ts';
import type { SampleFile } from './sample-file.ts';

export interface Profiled {
  readonly profile: SampleProfile;
  /** Whether the files hold more than was read. */
  readonly more: boolean;
}

/** Reads the samples of one dataset, up to so many rows of all of them. @throws {@link CommandError} `FormatsMixed` */
export async function profileSamples(files: readonly SampleFile[], rows: number): Promise<Profiled> {
  const [first] = files;
  const profile = new SampleProfile(first?.format === 'csv');
  for (const file of files) {
    if (file.format !== first?.format)
      throw new CommandError(
        'FormatsMixed',
        `the samples of one dataset must have one format, got '${file.file}' beside another; give them one by one`,
      );
    const left = rows - profile.rows - profile.copies;
    for await (const { row, text } of await openRows(file, left + 1, profile)) {
      if (profile.rows + profile.copies === rows) return { profile, more: true };
      profile.add(row, text);
    }
  }
  return { profile, more: false };
}

async function openRows(file: SampleFile, rows: number, profile: SampleProfile): Promise<AsyncIterable<SampleRow>> {
  if (file.format === 'ndjson') return readNdjson(file);
  const { openParquet, readCsv } = await withOptionalPeers(() => import('./read-table.ts'));
  if (file.format === 'csv') return readCsv(file, rows);
  const sample = await openParquet(file, rows);
  for (const [name, type] of sample.declared) profile.declared.set(name, type);
  return sample.rows;
}
