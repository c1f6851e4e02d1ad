import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { listObjects } from './zones.ts';

/** What was found in quarantine, by identity: a distinct event is a distinct hash of original bytes. */
export interface Quarantined {
  readonly events: number;
  readonly copies: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** By reason, copies included. */
  readonly envelopes: Readonly<Record<string, number>>;
}

const envelope = z.object({ sha256: z.string(), reason: z.string() });
const record = z.object({ key: z.string(), rejects: z.array(envelope) });

/**
 * Reads every object of one dataset's quarantine once, and remembers what it held in a file: objects expire, and a long run outlives them.
 * Only identities and reasons are kept, never the originals.
 */
export class QuarantineCensus {
  private readonly keys = new Set<string>();
  private readonly reasons = new Map<string, Set<string>>();
  private readonly envelopes = new Map<string, number>();

  constructor(private readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') this.add(record.parse(JSON.parse(line)));
  }

  /** Reads the objects that were not there before. @throws the service's refusal */
  async collect(client: S3Client, bucket: string, prefix: string): Promise<void> {
    for (const { key } of await listObjects(client, bucket, prefix)) {
      if (this.keys.has(key)) continue;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const text = gunzipSync(Buffer.from((await Body?.transformToByteArray()) ?? [])).toString();
      const lines = text.split('\n').filter((line) => line !== '');
      const found = { key, rejects: lines.map((line) => envelope.parse(JSON.parse(line))) };
      appendFileSync(this.file, `${JSON.stringify(found)}\n`);
      this.add(found);
    }
  }

  count(): Quarantined {
    const byReason = (counts: readonly (readonly [string, number])[]) =>
      Object.fromEntries(counts.toSorted(([a], [b]) => a.localeCompare(b)));
    const events = new Set([...this.reasons.values()].flatMap((hashes) => [...hashes])).size;
    const all = [...this.envelopes.values()].reduce((sum, count) => sum + count, 0);
    return {
      events,
      copies: all - events,
      reasons: byReason([...this.reasons].map(([reason, hashes]) => [reason, hashes.size])),
      envelopes: byReason([...this.envelopes]),
    };
  }

  private add({ key, rejects }: z.infer<typeof record>): void {
    this.keys.add(key);
    for (const { reason, sha256 } of rejects) {
      this.reasons.set(reason, (this.reasons.get(reason) ?? new Set()).add(sha256));
      this.envelopes.set(reason, (this.envelopes.get(reason) ?? 0) + 1);
    }
  }
}
