import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { filesIn } from './search/search-folder.ts';
import type { Report } from './run/order.ts';

/** Where a file stands in the platform. `errors` is what deliveries could not process, in the bucket of `clean`: quarantine that Firehose writes. */
export type Place = 'raw' | 'quarantine' | 'errors' | 'stream' | 'delivery' | 'elsewhere';

/** How far what was put has come when a file was written. */
export type Moment = 'in flight' | 'delivered' | 'expired';

/** Where originals may lie. While they are in flight, streams and deliveries hold them, too: they have nothing else to deliver. */
export const OPEN_TO_ORIGINALS: Readonly<Record<Moment, readonly Place[]>> = {
  'in flight': ['raw', 'quarantine', 'errors', 'stream', 'delivery'],
  delivered: ['raw', 'quarantine', 'errors'],
  expired: [],
};

const savedIndex = z.object({ objects: z.array(z.tuple([z.string(), z.array(z.object({ file: z.string() }))])) });

/** A state of a run, by its path within the run's folder. */
export interface RunState {
  readonly path: string;
  readonly moment: Moment;
}

/** Tells of each file of a run where it stands. */
export class Places {
  /** Keys of objects by their files: of a file that had several in its time, all. */
  private readonly keys = new Map<string, Set<string>>();

  constructor(
    run: string,
    readonly states: readonly RunState[],
    private readonly buckets: Report['buckets'],
  ) {
    for (const file of filesIn(run)) {
      if (path.basename(file) !== 'index.json') continue;
      const bucket = path.dirname(withoutKeeping(file));
      const saved = savedIndex.safeParse(JSON.parse(readFileSync(path.join(run, file), 'utf8')));
      for (const [key, versions] of saved.data?.objects ?? []) {
        for (const version of versions) {
          const name = path.join(bucket, version.file);
          this.keys.set(name, (this.keys.get(name) ?? new Set()).add(key));
        }
      }
    }
  }

  /** The place of a file, how far things had come when it was written, and the state that it is of, if it still is. */
  of(file: string): { readonly place: Place; readonly moment: Moment; readonly state?: RunState } {
    const own = withoutKeeping(file);
    const state = this.states.find((each) => own.startsWith(`${each.path}/`));
    if (state === undefined) return { place: 'elsewhere', moment: 'delivered' };
    const place = this.within(own, own.slice(state.path.length + 1));
    return own === file ? { place, moment: state.moment, state } : { place, moment: 'in flight' }; // what was removed had its time before
  }

  private within(file: string, inState: string): Place {
    const [folder, bucket, objects] = inState.split('/');
    if (folder === 'streams') return 'stream';
    if (folder === 'deliveries') return 'delivery';
    if (folder !== 'objects' || objects !== 'objects') return 'elsewhere'; // an index holds names, and they tell nothing
    if (bucket === this.buckets.raw) return 'raw';
    if (bucket === this.buckets.quarantine) return 'quarantine';
    const keys = [...(this.keys.get(file) ?? [])];
    return bucket === this.buckets.clean && keys.length > 0 && keys.every((key) => key.startsWith('_errors/'))
      ? 'errors'
      : 'elsewhere';
  }
}

/** The path that a file had before it was removed. A state that is removed is renamed first. */
const withoutKeeping = (file: string): string => file.replace(/^removed\/[^/]+\//, '').replace(/\.removed-\d+(?=\/)/, '');
