import fc from 'fast-check';
import { FAULTS, GAPS } from '../../../prove/nothing-lost/fault/faults.ts';
import { without } from '../../../prove/nothing-lost/fault/spoilt-template.ts';
import { schedulesOf } from '../../../prove/nothing-lost/schedule/schedules.ts';
import { tell } from '../../../prove/nothing-lost/schedule/step.ts';
import type { Resource } from '../../support/synth.ts';

test('every fault of the list is there, or is said to be beyond the runtime', () => {
  const numbers = [...FAULTS.stream, ...GAPS].flatMap(({ id }) => /^F(\d+)/.exec(id)?.[1] ?? []).map(Number);
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test.each(['stream', 'direct-put'] as const)('no two of a %s have one id', (form) => {
  expect(new Set(FAULTS[form].map(({ id }) => id)).size).toBe(FAULTS[form].length);
});

test('a delivery that reads no stream meets every fault that is not of streams', () => {
  const met = new Set(FAULTS['direct-put'].map(({ id }) => id));
  const unmet = FAULTS.stream.map(({ id }) => id).filter((id) => !met.has(id));
  expect(unmet).toEqual([
    'F1',
    'F2',
    'F3-25',
    'F3-100',
    'F4-put',
    'F4-read',
    'F5',
    'F6',
    'X1',
    'X2',
    'F7-before',
    'X3',
    'X11',
    'X12',
  ]);
});

describe('a policy without a statement', () => {
  const resources = (): Record<string, Resource> => ({
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [
            { Sid: 'Read', Resource: ['a', 'b'] },
            { Sid: 'Write', Resource: 'a' },
          ],
        },
      },
    },
  });
  const statements = (all: Record<string, Resource>) =>
    (all.Policy?.Properties.PolicyDocument as { Statement: unknown[] }).Statement;

  test('lacks it whole, or some of its resources', () => {
    const [whole, part] = [resources(), resources()];
    without('Read')(whole);
    without('Read', (resource) => resource === '"a"')(part);
    expect(statements(whole)).toEqual([{ Sid: 'Write', Resource: 'a' }]);
    expect(statements(part)).toEqual([
      { Sid: 'Read', Resource: ['a'] },
      { Sid: 'Write', Resource: 'a' },
    ]);
  });

  test('fails when no policy has it', () => {
    expect(() => {
      without('Delete')(resources());
    }).toThrow("no policy has the statement 'Delete'");
  });
});

test('the same seed gives the same schedules, told by names and numbers', () => {
  const told = (seed: number): string[] => fc.sample(schedulesOf('stream'), { seed, numRuns: 20 }).map(tell);
  expect(told(1)).toEqual(told(1));
  expect(told(1)).not.toEqual(told(2));
  expect(told(1).join('\n')).toMatch(/^- put '.*', \d+ to a record/m);

  const ofDeliveries = fc.sample(schedulesOf('direct-put'), { seed: 1, numRuns: 500 }).map(tell).join('\n');
  expect(ofDeliveries).toMatch(/^- plant firehose:put/m);
  expect(ofDeliveries).not.toMatch(/kinesis|shards|checkpoint/);
});
