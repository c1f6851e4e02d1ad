import type { FaultRule } from '../../../local/faults/index.ts';
import type { MischiefKind } from '../lake/mischief.ts';

/** One thing that happens to a platform. */
export type Step =
  /** A producer puts inputs, by their names, so many to a record. */
  | { readonly does: 'put'; readonly names: readonly string[]; readonly perRecord: number; readonly neighbours: boolean }
  /** It puts again what it put before, in records of so many lines, last first or as it came. */
  | { readonly does: 'put again'; readonly perRecord: number; readonly backwards: boolean }
  | { readonly does: 'wait'; readonly seconds: number }
  | { readonly does: 'plant'; readonly rules: readonly Rule[] }
  | { readonly does: 'lift' }
  | { readonly does: 'spoil'; readonly kind: MischiefKind; readonly times: number }
  /** The process ends, and another goes on. */
  | { readonly does: 'crash' }
  /** The process ends after more was put, and another goes on from the checkpoints that the consumers had before. */
  | { readonly does: 'relapse'; readonly names: readonly string[]; readonly seconds: number }
  | { readonly does: 'reshard'; readonly how: 'double' | 'split' | 'merge' };

export type Rule = Pick<FaultRule, 'at' | 'fault' | 'probability' | 'times'>;
export type Schedule = readonly Step[];

/** A schedule in words and numbers, a step to a line. */
export const tell = (schedule: Schedule): string => schedule.map((step) => `- ${tellStep(step)}`).join('\n');

function tellStep(step: Step): string {
  switch (step.does) {
    case 'put':
      return `put ${step.names.map((name) => `'${name}'`).join(', ')}, ${step.perRecord} to a record${step.neighbours ? ', good events between them' : ''}`;
    case 'put again':
      return `put all of it again, ${step.perRecord} to a record${step.backwards ? ', last first' : ''}`;
    case 'wait':
      return `wait ${step.seconds} s`;
    case 'plant':
      return `plant ${step.rules.map(({ at, fault, probability, times }) => `${at} ${fault} at ${probability ?? 1}${times === undefined ? '' : `, ${times} times`}`).join('; ')}`;
    case 'spoil':
      return `have the function do '${step.kind}' ${step.times} times`;
    case 'relapse':
      return `put ${step.names.map((name) => `'${name}'`).join(', ')}, wait ${step.seconds} s, and go back to the checkpoint before`;
    case 'reshard':
      return `${step.how} shards`;
    default:
      return step.does;
  }
}
