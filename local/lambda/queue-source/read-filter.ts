import { isRecord, type Members } from '../../input.ts';
import { parse, readPatterns, type Pattern } from '../event-source/read-filter.ts';
import type { MessageEvent } from './message-event.ts';
import type { MessageFilter } from './settings.ts';

/**
 * Reads filter criteria: a message is meant where any of them means it. A pattern of a JSON body means no plain text, and the reverse.
 *
 * @throws what `criteria` refuses with
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function readMessageFilter(criteria: Members): MessageFilter | undefined {
  const filters = readPatterns(criteria);
  if (filters.length === 0) return undefined;
  const any = filters.map((filter) => meansMessage(filter));
  return { patterns: filters.map(({ text }) => text), matches: (message) => any.some((matches) => matches(message)) };
}

function meansMessage({ pattern, matches }: Pattern): MessageFilter['matches'] {
  const form = formOf(pattern);
  return (message) => {
    const json = structureIn(message.body);
    if (form !== undefined && form !== (json === undefined ? 'text' : 'json')) return false;
    return matches(json === undefined ? message : { ...message, body: json });
  };
}

/** Which form of body a pattern expects; undefined where it says nothing of the body. */
function formOf(pattern: Pattern['pattern']): 'json' | 'text' | undefined {
  if (Array.isArray(pattern.body)) return 'text';
  return Object.keys(pattern).some((key) => key === 'body' || key.startsWith('body.')) ? 'json' : undefined;
}

/** The object or the list that a body is; undefined for one that is a plain text, a number for example. */
function structureIn(body: MessageEvent['body']): unknown {
  const value = parse(body)?.value;
  return isRecord(value) || Array.isArray(value) ? value : undefined;
}
