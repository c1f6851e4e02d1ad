import { putEvents } from '../../../../local/step-functions/tasks/events.ts';
import { buses } from '../../eventbridge/rig.ts';
import { definition, states, task } from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const RECORDED = recorded('services/test_events_task_service');
const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:machine';
const entry = (rest: object = {}) => ({ Source: 'app', DetailType: 'told', Detail: { n: 1 }, ...rest });

/** What comes of a task that puts events, and what a rule hears of it. */
async function put(Entries: readonly object[], { denied = false, pattern = '', rest = {} } = {}) {
  const { events, rule, sent, role, clock } = buses();
  rule();
  const caller = role('workflow', { allows: denied ? [] : [{ Action: 'events:PutEvents', Resource: '*' }] });
  const call = putEvents(() => events.service);
  const { run, begin, describe } = states(
    definition({ A: task({ Resource: `arn:aws:states:::events:putEvents${pattern}`, Arguments: { Entries, ...rest } }) }),
    {
      tasks: { 'events:putEvents': { call: async (asked, _caller, within) => call(asked, caller, within), waits: true } },
      clock,
    },
  );
  const heard = () => sent.map(({ event }) => JSON.parse(event) as { detail: object; resources: readonly string[] });
  return { run, begin, describe, clock, heard };
}

/** Tasks that put events on buses. */
export const stepFunctionsEventsTasks: FactTable = {
  service: 'Step Functions, tasks that put events',
  facts: [
    {
      says: 'events:putEvents takes a detail as an object or as JSON, and adds the ARNs of the state machine and of the execution to the resources of each entry',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { run, heard } = await put([entry(), entry({ Detail: '{"n":2}', Resources: ['mine'] })]);
        const { status, output } = await run();
        expect(status).toBe('SUCCEEDED');
        expect(output).toEqual({
          Entries: [0, 1].map(() => ({ EventId: expect.any(String) as string })),
          FailedEntryCount: 0,
        });
        const own = [MACHINE, expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:execution:machine:/) as string];
        expect(heard().map(({ detail, resources }) => [detail, resources])).toEqual([
          [{ n: 1 }, own],
          [{ n: 2 }, ['mine', ...own]],
        ]);
        const odd = await put([entry({ Resources: 'mine' })]);
        expect([(await odd.run()).status, odd.heard()]).toEqual(['FAILED', []]);
      },
    },
    {
      says: 'the task fails with EventBridge.FailedEntry where an entry fails, its cause the whole answer; the other entries are put',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { run, heard } = await put([entry(), entry({ Detail: '"text"' }), { DetailType: 'told', Detail: {} }]);
        const { status, error, cause } = await run();
        expect([status, error]).toEqual(['FAILED', 'EventBridge.FailedEntry']);
        expect(JSON.parse(String(cause))).toEqual({
          Entries: [
            { EventId: expect.any(String) as string },
            { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
            {
              ErrorCode: 'InvalidArgument',
              ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
            },
          ],
          FailedEntryCount: 2,
        });
        expect(heard()).toHaveLength(1);
      },
    },
    {
      says: 'with .waitForTaskToken the event carries the token, and the task waits until it is given back',
      basis: 'documented',
      source: guide('connect-eventbridge'),
      holds: async () => {
        const Detail = { token: '{% $states.context.Task.Token %}' };
        const { begin, describe, clock, heard } = await put([entry({ Detail })], { pattern: '.waitForTaskToken' });
        const arn = await begin();
        await clock.advance(3_600_000);
        expect(await describe(arn)).toMatchObject({ status: 'RUNNING' });
        expect(heard()).toMatchObject([{ detail: { token: expect.stringMatching(/.{20}/) as string } }]);
      },
    },
    {
      says: 'events:putEvents has no .sync',
      basis: 'documented',
      source: guide('integrate-optimized'),
      holds: async () => {
        await expect(put([entry()], { pattern: '.sync' })).rejects.toThrow(
          "'arn:aws:states:::events:putEvents.sync' is not recognized",
        );
      },
    },
    {
      says: 'a role that may not put fails the task by the name of the error in the SDK; the integration takes Entries alone',
      basis: 'undecided',
      source: guide('connect-eventbridge'),
      holds: async () => {
        const denied = await put([entry()], { denied: true });
        expect(await denied.run()).toMatchObject({
          status: 'FAILED',
          error: 'EventBridge.AccessDeniedException',
          cause: expect.stringMatching(
            / is not authorized to perform: events:PutEvents .*\(Service: AmazonEventBridge; Status Code: 400;/,
          ) as string,
        });
        expect(denied.heard()).toEqual([]);
        const strange = await put([entry()], { rest: { EndpointId: 'x' } });
        expect(await strange.run()).toMatchObject({
          error: 'States.Runtime',
          cause: expect.stringContaining('The field "EndpointId" is not supported by Step Functions') as string,
        });
      },
    },
  ],
};
