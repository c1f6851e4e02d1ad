import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { CustomResources } from '../../../local/cloudformation/custom-resources.ts';
import { Inbox } from '../../../local/cloudformation/inbox.ts';
import type { CustomResource } from '../../../local/cloudformation/request.ts';
import { ServiceError } from '../../../local/service.ts';

/** What a provider's function gets. */
export type Event = Readonly<Record<string, unknown>> & { readonly RequestType: string; readonly ResponseURL: string };

export const TOKEN = 'arn:aws:lambda:us-east-1:123456789012:function:provider';
/** A custom resource of the provider. */
export const resource = (properties: CustomResource['properties'] = {}, rest: Partial<CustomResource> = {}): CustomResource => ({
  stack: 'Stack',
  stackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Stack/1',
  logicalId: 'Seed',
  type: 'Custom::Seed',
  serviceToken: TOKEN,
  properties: { ServiceToken: TOKEN, ...properties },
  timeout: 3600,
  retention: { whenRemoved: false, whenReplaced: false },
  ...rest,
});

/** Deployments one after another on one state, by one provider that answers by `answer`; what it was asked for, and what was logged. */
export function rig(answer: (event: Event) => object | undefined = () => ({})) {
  const folder = mkdtempSync(path.join(tmpdir(), 'resources-'));
  const clock = new SimulatedClock(0);
  const events: Event[] = [];
  const lines: string[] = [];
  const functions = new Set([TOKEN]);
  const inbox = new Inbox('us-east-1');
  const put = (event: Event, said: object): boolean => {
    const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'seed-1' } = event;
    const body = { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...said };
    const { pathname, search } = new URL(event.ResponseURL);
    return inbox.take(pathname + search, JSON.stringify(body));
  };
  const deployAs = async (
    how: { readonly ephemeral?: boolean; readonly stacks?: readonly string[] },
    ...resources: CustomResource[]
  ) => {
    const deployment = new CustomResources({
      clock,
      inbox,
      onLog: ({ message }) => lines.push(message),
      ready: () => undefined,
      underWay: () => clock.due() !== undefined,
      ephemeral: how.ephemeral ?? false,
      invoke: async (arn, given) => {
        if (!functions.has(arn)) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
        const event = given as Event;
        events.push(event);
        const said = answer(event);
        if (said === undefined) return { errorType: 'Error', errorMessage: 'no' };
        if (!('silent' in said)) put(event, said);
        return { answer: 'null' };
      },
    });
    deployment.restore(folder);
    const provided = [];
    for (const each of resources) provided.push(await deployment.provide(each));
    await deployment.finish(how.stacks ?? ['Stack']);
    deployment.save(folder);
    return provided;
  };
  const deploy = (...resources: CustomResource[]) => deployAs({}, ...resources);
  return { deploy, deployAs, events, lines, clock, put, functions };
}
