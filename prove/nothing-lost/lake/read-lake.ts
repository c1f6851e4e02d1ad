import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { errorPrefix } from '../../../core/storage/layout.ts';
import type { CleanRow, Found, Parked, Quarantined } from '../history/history.ts';
import { plain } from '../history/same.ts';
import { linesOf } from '../input/lines.ts';
import type { Session } from './session.ts';

interface StoredObject {
  readonly key: string;
  readonly bytes: Buffer;
  /** Milliseconds since the epoch, simulated. */
  readonly written: number;
}

const envelope = z.object({ sha256: z.string(), reason: z.string(), original: z.base64() });
const failure = z.object({ rawData: z.base64() });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The zones that a record can come to lie in. */
const ZONES = ['raw', 'clean', 'quarantine'] as const;
type Zone = (typeof ZONES)[number];

const DAY = String.raw`dt=\d{4}-\d\d-\d\d/`;
const NAME = String.raw`[A-Za-z0-9_.-]+$`;
/** Keys under which a table, a replay or a person looks, in each zone, behind the dataset's prefix. */
const LAYOUT: Readonly<Record<Zone, RegExp>> = {
  raw: new RegExp(`^${DAY}hr=\\d\\d/${NAME}`),
  clean: new RegExp(`^${DAY}hr=\\d\\d/${NAME}`),
  quarantine: new RegExp(`^reason=[a-z0-9-]+/${DAY}${NAME}`),
};
const ERRORS = new RegExp(`^[A-Za-z-]+/${DAY}${NAME}`);

/** Reads back what lies in a dataset's zones, each object once: what was read before is not read again. */
export class LakeReader {
  /** Lines as they lie there, for a replay: each of `raw`, and the original of each envelope. */
  readonly replayable = { raw: [] as Buffer[], quarantine: [] as Buffer[] };
  private readonly seen = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly index = 0,
  ) {}

  /** Whatever was written since the last call. @param produced Bytes of lines by their SHA-256, to be looked for in `raw` */
  async read(produced: ReadonlyMap<string, Buffer>): Promise<Found> {
    const { contract, prefix } = this.session.dataset(this.index);
    const errors = errorPrefix(contract.domain, contract.name);
    const found = new Map<Zone | 'errors', StoredObject[]>([...ZONES, 'errors' as const].map((zone) => [zone, []]));
    const stray: string[] = [];
    for (const zone of ZONES) {
      for (const object of await this.objects(zone)) {
        const { key } = object;
        if (key.startsWith(prefix) && LAYOUT[zone].test(key.slice(prefix.length))) found.get(zone)?.push(object);
        else if (zone !== 'quarantine' && key.startsWith(errors) && ERRORS.test(key.slice(errors.length)))
          found.get('errors')?.push(object);
        else if (!this.isOfAnother(key)) stray.push(zone);
      }
    }
    for (const { bytes } of found.get('raw') ?? []) this.replayable.raw.push(...linesOf(gunzipSync(bytes)));
    for (const { bytes } of found.get('quarantine') ?? [])
      this.replayable.quarantine.push(...envelopesOf(bytes).map((each) => each.original));
    return {
      clean: await this.rowsOf(found.get('clean') ?? []),
      quarantined: (found.get('quarantine') ?? []).flatMap(quarantinedOf),
      parked: (found.get('errors') ?? []).flatMap((object) => parkedOf(object, errors)),
      raw: foundIn(found.get('raw') ?? [], produced),
      stray,
    };
  }

  private async rowsOf(objects: readonly StoredObject[]): Promise<CleanRow[]> {
    const rows = await this.session.parquet.rows(objects.map(({ bytes }) => bytes));
    return objects.flatMap(({ written }, index) =>
      (rows[index] ?? []).map((row): CleanRow => ({ id: plain(row._event_id), row, written })),
    );
  }

  private isOfAnother(key: string): boolean {
    return this.session.assembly.datasets.some((name, index) => index !== this.index && key.includes(`/${name}/`));
  }

  private async objects(zone: Zone): Promise<StoredObject[]> {
    const { s3, platform } = this.session;
    const Bucket = platform.bucket(zone);
    const found: StoredObject[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
      const fresh = (page.Contents ?? []).filter(({ Key = '' }) => !this.seen.has(`${Bucket}/${Key}`));
      for (const { Key = '' } of fresh) this.seen.add(`${Bucket}/${Key}`);
      found.push(
        ...(await Promise.all(
          fresh.map(async ({ Key = '', LastModified }): Promise<StoredObject> => {
            const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
            const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
            return { key: Key, bytes, written: LastModified?.getTime() ?? Number.NaN };
          }),
        )),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return found;
  }
}

/** What was found at one time and at another, together. */
export const together = (one: Found, other: Found): Found => ({
  clean: [...one.clean, ...other.clean],
  quarantined: [...one.quarantined, ...other.quarantined],
  parked: [...one.parked, ...other.parked],
  raw: new Map([...other.raw, ...one.raw]),
  stray: [...one.stray, ...other.stray],
});

const envelopesOf = (bytes: Buffer) =>
  linesOf(gunzipSync(bytes)).map((line) => {
    const { original, ...said } = envelope.parse(JSON.parse(line.toString()));
    return { ...said, original: Buffer.from(original, 'base64') };
  });

function quarantinedOf({ key, bytes, written }: StoredObject): Quarantined[] {
  const keyReason = /\/reason=([^/]+)\//.exec(key)?.[1] ?? '';
  return envelopesOf(bytes).map(({ sha256: statedSha256, reason, original }) => ({
    sha256: sha256(original),
    statedSha256,
    reason,
    keyReason,
    written,
  }));
}

/** A parked record is as the producer put it: each of its lines is an event. */
function parkedOf({ key, bytes, written }: StoredObject, errors: string): Parked[] {
  const errorType = key.slice(errors.length).split('/')[0] ?? '';
  return linesOf(bytes).flatMap((line) => {
    const record = Buffer.from(failure.parse(JSON.parse(line.toString())).rawData, 'base64');
    const lines = record.length === 0 ? [record] : linesOf(record);
    return lines.map((each): Parked => ({ sha256: sha256(each), errorType, written }));
  });
}

/** `raw` has no framing: a line whose record, or the one before it, does not end in a newline is found as a run of bytes. */
function foundIn(originals: readonly StoredObject[], produced: ReadonlyMap<string, Buffer>): Map<string, number> {
  const found = new Map<string, number>();
  const payloads = originals
    .map(({ bytes, written }) => ({ payload: gunzipSync(bytes), written }))
    .sort((a, b) => a.written - b.written);
  for (const { payload, written } of payloads) {
    for (const line of linesOf(payload)) {
      const identity = sha256(line);
      if (produced.has(identity) && !found.has(identity)) found.set(identity, written);
    }
  }
  for (const [identity, line] of produced) {
    if (found.has(identity)) continue;
    const written = payloads.find(({ payload }) => payload.includes(line))?.written;
    if (written !== undefined) found.set(identity, written);
  }
  return found;
}
