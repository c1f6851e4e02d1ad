import type { Reason } from '../../record/reasons.ts';

/** What each reason means to who finds an event in quarantine, and what to do about it. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'empty-record': 'the record holds no byte: the producer sent nothing',
  'not-utf8': 'the bytes are no UTF-8: the producer writes another encoding',
  'not-json': 'the text is no JSON: it is cut off, or holds a trailing comma, NaN or two values without a newline between them',
  'not-an-object': 'the text is JSON and no object: each line is one event, an object',
  'invalid-text': 'a text holds a NUL or half a surrogate pair, which the table cannot hold',
  'too-deep': 'the event nests deeper than any contract allows',
  'duplicate-key': "a key, or an item that must not be there twice, is there twice: which one counts is nobody's decision",
  'ambiguous-key':
    'a key is that of a column in other case or holds a dot, or a key of a map has capitals: a reader of the table could take it for another',
  'missing-value': "a required column is absent or null; or the event's id, a key of a map, or an item of a list is empty",
  'wrong-type': "a value is not of the column's type",
  'out-of-range': 'a number or a time is beyond its type or its bounds, or no multiple of what the contract says',
  'wrong-length': 'a text, a list or an object has too few or too many characters, items or keys',
  'pattern-mismatch': 'a text does not match the pattern of its column',
  'wrong-format': 'a text is not written in the format of its column',
  'not-listed': 'a text is none of the listed values',
  'bad-time': 'a time or a day does not exist, or lacks its zone',
  'too-old': 'the event happened longer ago than the data is kept',
  'in-the-future': 'the event says that it happens more than 48 hours after it arrived',
};
