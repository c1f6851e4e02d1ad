import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { claimsOf, type Ledger } from '../../core/findings/ledger.ts';

/** What auditors' tools know: cdk-nag's own form. */
const KEY = 'cdk_nag';

/**
 * Writes into each resource's metadata which findings on it are accepted, and why: the ledger, for whoever reads a template alone. The judge
 * of the templates does not look at it.
 */
export function writeLedger(scope: IConstruct, ledger: Ledger): void {
  const claims = claimsOf(ledger);
  for (const stack of scope.node.findAll().filter((node) => Stack.isStack(node))) {
    const ofStack = claims.filter((claim) => claim.stack === stack.stackName);
    if (ofStack.length === 0) continue;
    for (const resource of stack.node.findAll().filter((node) => CfnResource.isCfnResource(node))) {
      const id = String(stack.resolve(resource.logicalId));
      const accepted = ofStack.filter((claim) => claim.resource === id);
      if (accepted.length > 0)
        resource.addMetadata(KEY, {
          rules_to_suppress: accepted.map((claim) => ({ id: claim.id, reason: claim.decision.reason })),
        });
    }
  }
}
