import * as z from 'zod';
import { ServiceError } from '../service.ts';
import { invalidArgument } from './context.ts';

/** Milliseconds a token lives. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html */
const LIFETIME = 300_000;

const schema = z.object({ arn: z.string(), left: z.array(z.string()), made: z.number() });

/** The pages still to come: ids of the shards of a stream. */
export interface Page {
  readonly arn: string;
  readonly left: readonly string[];
}

/** What is still to be listed, as opaque text. */
export function writeToken(page: Page, now: number): string {
  return Buffer.from(JSON.stringify({ ...page, made: now })).toString('base64');
}

/** @throws ServiceError InvalidArgumentException, ExpiredNextTokenException */
export function readToken(text: string, now: number): Page {
  const page = parse(text);
  if (page === undefined) throw invalidArgument('NextToken is not valid.');
  if (now - page.made > LIFETIME) {
    throw new ServiceError('ExpiredNextTokenException', `NextToken expired: it is older than ${LIFETIME / 1000} seconds.`);
  }
  return page;
}

function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text, 'base64').toString())).data;
  } catch {
    return undefined;
  }
}
