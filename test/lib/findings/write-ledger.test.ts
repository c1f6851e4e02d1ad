import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { writeLedger } from '../../../lib/findings/write-ledger.ts';
import { decision, ledgerOf, place } from '../../core/findings/ledgers.ts';
import { testApp } from '../../support/synth.ts';

/** Metadata of the resources of a stack in which a ledger is written, by their logical ids. */
function metadata(ledger: (logs: string, results: string) => ReturnType<typeof ledgerOf>): Record<string, unknown> {
  const stack = new Stack(testApp(), 'Headwaters-dev-Foundation');
  const [logs, results] = ['Logs', 'Results'].map((id) => stack.getLogicalId(new Bucket(stack, id).node.defaultChild as never));
  writeLedger(stack.node.root, ledger(logs ?? '', results ?? ''));
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Metadata?: unknown }> };
  return Object.fromEntries(Object.entries(Resources).map(([id, { Metadata }]) => [id.replace(/[0-9A-F]{8}$/, ''), Metadata]));
}

const REASON = 'the log of a log would have to be logged, and that without an end';
const accepted = (...ids: readonly string[]) => ({ cdk_nag: { rules_to_suppress: ids.map((id) => ({ id, reason: REASON })) } });

test('each resource says which findings on it are accepted and why, in the order of the ledger', () => {
  const found = metadata((logs, results) =>
    ledgerOf(
      decision({ places: [place({ resource: logs, findings: ['B-S1', 'A-S1'] }), place({ resource: results })] }),
      decision({ rule: 'S2', findings: ['A-S2'], resource: logs }),
    ),
  );
  expect(found).toEqual({ Logs: accepted('B-S1', 'A-S1', 'A-S2'), Results: accepted('A-S1') });
});

test('a place in another stack is nothing to this one', () => {
  const found = metadata((logs) => ledgerOf(decision({ resource: logs, stacks: ['Headwaters-prod-Foundation'] })));
  expect(found).toEqual({ Logs: undefined, Results: undefined });
});
