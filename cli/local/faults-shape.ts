import * as z from 'zod';
import { FAULT_KINDS, FAULT_POINTS, type FaultPoint } from '../../local/faults/faults.ts';
import type { Moment } from '../../local/faults/index.ts';
import { parseIsoTime } from '../../local/iso-time.ts';
import { CommandError } from '../command-error.ts';
import { parseDuration } from './duration.ts';

/** What an issue of ours carries beside its message, which says what must be. */
export const ownParams = z.object({ code: z.string(), remedy: z.string().optional() });

function refuse(context: z.RefinementCtx, message: string, params: z.infer<typeof ownParams>, ...path: string[]): typeof z.NEVER {
  context.addIssue({ code: 'custom', message, params, path });
  return z.NEVER;
}

function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

const MOMENT = 'must be a time after the start, such as +10m, or a date of ISO 8601, such as 2026-01-31T08:00:00Z';
const moment = z.string(MOMENT).transform((text, context): Moment => {
  const after = text.startsWith('+') ? durationOf(text.slice(1)) : undefined;
  if (after !== undefined) return { after };
  const at = parseIsoTime(text);
  return at === undefined ? refuse(context, MOMENT, { code: 'InvalidTime' }) : { at };
});

const STEP = 'must be a duration above zero, such as +10m';
const step = z.string(STEP).transform((text, context): number => {
  const milliseconds = durationOf(text.replace(/^[+-]/, '')) ?? 0;
  if (milliseconds === 0) return refuse(context, STEP, { code: 'InvalidStep' });
  if (!text.startsWith('-')) return milliseconds;
  return refuse(context, 'must go ahead, for what services have seen of time cannot be undone', {
    code: 'ClockGoesBack',
    remedy: 'for a producer whose clock is behind, put events of an earlier time',
  });
});

const COUNT = 'must be a whole number from 1';
const count = z.number(COUNT).int(COUNT).min(1, COUNT).optional();
const SHARE = 'must be a number above 0 and up to 1';
const WHERE = 'must be a pattern of ARNs or a name';

const clockStep = z.strictObject({ at: z.literal('clock'), step, when: moment });

const pointRule = (point: FaultPoint) =>
  z
    .strictObject({
      at: z.literal(point),
      fault: z.enum(FAULT_KINDS[point] as readonly (typeof FAULT_KINDS)[FaultPoint][number][], {
        error: `must be one of ${FAULT_KINDS[point].join(', ')} at '${point}'`,
      }),
      where: z.string(WHERE).min(1, WHERE).optional(),
      from: moment.optional(),
      until: moment.optional(),
      every: count,
      probability: z.number(SHARE).gt(0, SHARE).lte(1, SHARE).optional(),
      times: count,
    })
    .superRefine((rule, context) => {
      if (rule.every !== undefined && rule.probability !== undefined)
        refuse(context, "must not stand beside 'every'", { code: 'TwoShares', remedy: 'keep one of them' }, 'probability');
      if (isEmpty(rule)) refuse(context, "must be after 'from'", { code: 'EmptyPeriod' }, 'until');
    });

/** Whether nothing lies between two times that are told alike. */
function isEmpty({ from, until }: { readonly from?: Moment | undefined; readonly until?: Moment | undefined }): boolean {
  if (from === undefined || until === undefined) return false;
  if ('at' in from && 'at' in until) return until.at <= from.at;
  return 'after' in from && 'after' in until && until.after <= from.after;
}

const RULES = 'must be a list of one rule or more';
const rule = z.discriminatedUnion('at', [clockStep, ...FAULT_POINTS.map(pointRule)], {
  error: ({ input }) =>
    input instanceof Object && !Array.isArray(input)
      ? `must be one of clock, ${FAULT_POINTS.join(', ')}`
      : "must be a map with 'at', which says where something goes wrong",
});

/** A file of faults, as people write it. */
export const faultsShape = z.strictObject(
  {
    seed: z.number('must be a whole number').int('must be a whole number').default(1),
    rules: z.array(rule, RULES).min(1, RULES),
  },
  { error: ({ code }) => (code === 'invalid_type' ? "must be a map with 'rules'" : undefined) },
);
