import { relayTo } from '../../../../local/eventbridge/operations.ts';
import { chainLength, traceOf, withTrace } from '../../../../local/lambda/lineage.ts';
import { ServiceError } from '../../../../local/service.ts';
import { BUS_ARN, buses, ENTRY } from '../../eventbridge/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide } from './sources.ts';

/** How rules hand events on: when again, to which shard, and to another bus. */
export const eventBusesHandingOn: FactTable = {
  service: 'EventBridge, to targets',
  facts: [
    {
      says: 'a rule hands on how many invocations have led to an event, so that a function whose own events invoke it ends as other chains do: AWS tells of no such end',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
      holds: async () => {
        const chains: number[] = [];
        const { rule, clock, ask, lines } = buses({
          invoke: () => {
            chains.push(chainLength());
            if (chains.length === 1) throw new ServiceError('ThrottlingException', 'no time');
          },
        });
        rule();
        await withTrace(traceOf(15), () => ask('PutEvents', { Entries: [ENTRY] }));
        await clock.advance(60_000);
        await ask('PutEvents', { Entries: [ENTRY] });
        await clock.advance(1);
        expect(chains).toEqual([15, 15, 0]);
        expect(lines).toEqual([]);
      },
    },
    {
      says: 'a target that has no time is tried again for 24 hours and 185 times at most, and then has failed',
      basis: 'documented',
      source: guide('eb-rule-retry-policy'),
      holds: async () => {
        const busy = buses({
          invoke: () => {
            throw new ServiceError('ProvisionedThroughputExceededException', 'full');
          },
        });
        busy.rule();
        await busy.ask('PutEvents', { Entries: [ENTRY] });
        await busy.clock.advance(86_400_000 - 1_000_000);
        const count = (name: string) => busy.measured.filter(({ values }) => name in values).length;
        expect(count('FailedInvocations')).toBe(0);
        await busy.clock.advance(1_000_000);
        const tries = busy.sent.length;
        expect(count('FailedInvocations')).toBe(1);
        expect(count('RetryInvocationAttempts')).toBe(tries - 1);
        expect(tries).toBeGreaterThan(50);
        expect(tries).toBeLessThanOrEqual(186);
        await busy.clock.advance(86_400_000);
        expect(busy.sent).toHaveLength(tries);
      },
    },
    {
      says: 'the first further try of a busy target comes after a second, each next after twice as long, up to a quarter of an hour',
      basis: 'undecided',
      source: guide('eb-rule-retry-policy'),
      holds: async () => {
        const busy = buses({
          invoke: () => {
            throw new ServiceError('InternalFailure', 'down', 500);
          },
        });
        busy.rule();
        await busy.ask('PutEvents', { Entries: [ENTRY] });
        const tries: number[] = [];
        for (const wait of [1, 1_000, 2_000, 4_000]) {
          await busy.clock.advance(wait);
          tries.push(busy.sent.length);
        }
        expect(tries).toEqual([1, 2, 3, 4]);
      },
    },
    {
      says: 'a stream tells its shard by what the target’s path finds in the event, and by the event’s id where there is none',
      basis: 'documented',
      source: api('KinesisParameters'),
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        const target = { id: 'target', arn: 'arn:aws:kinesis:x', roleArn: undefined, input: undefined };
        rule({ name: 'by-id', targets: [target] });
        rule({
          name: 'by-path',
          targets: [{ ...target, partitionKeyOf: (event) => (event as { source: string }).source }],
        });
        await ask('PutEvents', { Entries: [ENTRY] });
        await clock.advance(1);
        const { id } = JSON.parse(sent[0]?.event ?? '') as { id: string };
        expect(sent.map(({ partitionKey }) => partitionKey)).toEqual([id, 'app']);
      },
    },
    {
      says: 'what a rule hands to another bus keeps its id, and goes to no third bus',
      basis: 'documented',
      source: guide('eb-bus-to-bus'),
      holds: async () => {
        const { events, rule, sent, clock, operator } = buses();
        for (const name of ['second', 'third']) events.buses.create(name);
        const toThird = { id: 'third', arn: `${BUS_ARN}third`, roleArn: undefined, input: undefined };
        rule({ bus: 'second', targets: [toThird, { ...toThird, id: 'function', arn: 'arn:aws:lambda:x' }] });
        const parts = { access: { check: () => undefined }, buses: events.buses, bus: events };
        relayTo(parts)(operator, `${BUS_ARN}second`, { id: 'own', source: 'app', 'detail-type': 'told' });
        await clock.advance(1);
        expect(sent.map(({ target, event }) => [target.id, (JSON.parse(event) as { id: string }).id])).toEqual([
          ['function', 'own'],
        ]);
      },
    },
  ],
};
