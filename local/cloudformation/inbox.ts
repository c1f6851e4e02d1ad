import { randomBytes } from 'node:crypto';

/** A place for one answer. */
export interface Letterbox {
  /** Where the answer is put, by HTTPS and without a signature of one's own. */
  readonly url: string;
  readonly answer: Promise<string>;
  /** Takes no answer any more. */
  readonly close: () => void;
}

/** Before a path of {@link Inbox.take}: no bucket is called so. */
export const INBOX_PATH = '/.cloudformation-answers';

/**
 * Where providers of custom resources put their answers. On AWS it is a bucket of CloudFormation's, and a URL that was signed for one object
 * of it; here whoever has a URL may put to it, as there.
 */
export class Inbox {
  /** The bucket's host. */
  readonly host: string;
  private readonly open = new Map<string, (body: string) => void>();

  constructor(region: string) {
    const domain = region === 'us-east-1' ? 's3.amazonaws.com' : `s3.${region}.amazonaws.com`;
    this.host = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}.${domain}`;
  }

  /** @param key Of the object that is asked for: `<stack's ARN>|<logical id>|<request id>` */
  letterbox(key: string): Letterbox {
    const target = `/${encodeURIComponent(key)}?X-Amz-Signature=${randomBytes(32).toString('hex')}`;
    const answer = new Promise<string>((resolve) => {
      this.open.set(target, resolve);
    });
    return { url: `https://${this.host}${target}`, answer, close: () => this.open.delete(target) };
  }

  /** Whether somebody waited for what was put to a path with its query. */
  take(target: string, body: string): boolean {
    const resolve = this.open.get(target);
    resolve?.(body);
    return resolve !== undefined;
  }
}
