import { BUS_ARN, buses, ENTRY } from '../../eventbridge/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, EVENTS, guide } from './sources.ts';

const ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html';

const failed = (ErrorCode: string, ErrorMessage: string) => ({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }] });
const anId = (): string => expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

/** What clients put on event buses. */
export const eventBusesPutting: FactTable = {
  service: 'EventBridge, to clients',
  facts: [
    {
      says: 'what is put is an event of version 0 with an id of its own, the account, the region and, where it says no time, that of the call, in seconds',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        const Time = Date.UTC(2022, 0, 1) / 1000;
        const answer = await ask('PutEvents', { Entries: [ENTRY, { ...ENTRY, Time, Resources: ['arn'] }] });
        await clock.advance(1);
        const told = sent.map(({ event }) => JSON.parse(event) as { id: string });
        expect(answer).toEqual({ FailedEntryCount: 0, Entries: told.map(({ id }) => ({ EventId: id })) });
        const event = {
          version: '0',
          id: anId(),
          'detail-type': 'told',
          source: 'app',
          account: '123456789012',
          time: '2001-01-09T08:00:00Z',
          region: 'us-east-1',
          resources: [],
          detail: { id: 1 },
        };
        expect(told).toEqual([event, { ...event, time: '2022-01-01T00:00:00Z', resources: ['arn'] }]);
      },
    },
    {
      says: 'an entry without a source, a detail type or a detail fails with InvalidArgument, one whose detail is no JSON object with MalformedDetail, under HTTP 200',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask } = buses();
        const put = (rest: object) => ask('PutEvents', { Entries: [{ ...ENTRY, ...rest }] });
        for (const name of ['Source', 'DetailType', 'Detail'])
          expect(await put({ [name]: undefined })).toEqual(
            failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`),
          );
        for (const Detail of ['text', '["list"]', '{"bad": }', '"text"'])
          expect(await put({ Detail })).toEqual(failed('MalformedDetail', 'Detail is malformed.'));
      },
    },
    {
      says: 'a source that begins with aws. is refused with NotAuthorizedForSourceException, and the other entries of the call are taken',
      basis: 'documented',
      source: api('PutEventsResultEntry'),
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        const Entries = [{ ...ENTRY, Source: 'aws.s3' }, ENTRY];
        expect(await ask('PutEvents', { Entries })).toEqual({
          FailedEntryCount: 1,
          Entries: [
            { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
            { EventId: anId() },
          ],
        });
        await clock.advance(1);
        expect(sent).toHaveLength(1);
      },
    },
    {
      says: 'a detail type has 128 characters at most; a longer one, or a time that there is not, fails its entry with InvalidArgument',
      basis: 'undecided',
      source: api('PutEventsRequestEntry'),
      holds: async () => {
        const { ask } = buses();
        const put = (length: number) => ask('PutEvents', { Entries: [{ ...ENTRY, DetailType: 'x'.repeat(length) }] });
        expect(await put(128)).toMatchObject({ FailedEntryCount: 0 });
        const failure = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InvalidArgument' }] };
        expect(await put(129)).toMatchObject(failure);
        expect(await ask('PutEvents', { Entries: [{ ...ENTRY, Time: 1e13 }] })).toMatchObject(failure);
      },
    },
    {
      says: 'a call has 10 entries at most, of less than 1 MB together; more refuse it whole with ValidationException',
      basis: 'documented',
      source: 'https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb',
      holds: async () => {
        const { refusal } = buses();
        const put = (Entries: readonly object[]) => refusal('PutEvents', { Entries });
        const sized = (bytes: number) => ({ ...ENTRY, Detail: `{"x":"${'x'.repeat(bytes - 8 - 'apptold'.length)}"}` });
        expect(await put(Array.from({ length: 10 }, () => ENTRY))).toBe('taken');
        expect(await put(Array.from({ length: 11 }, () => ENTRY))).toMatch(
          /^ValidationException: .* at 'entries' .* less than or equal to 10$/,
        );
        expect(await put([sized(2 ** 20 - 1)])).toBe('taken');
        expect(await put([sized(2 ** 20)])).toBe(
          'ValidationException: Total size of the entries in the request is over the limit.',
        );
      },
    },
    {
      says: 'of an entry its source, detail type, detail and resources count in bytes of UTF-8, and a time as 14',
      basis: 'documented',
      source: guide('eb-putevent-size'),
      holds: async () => {
        const { refusal } = buses();
        const detail = `{"x":"${'x'.repeat(2 ** 20 - 8 - 'appü'.length - 1 - 'ü'.length - 1 - 14 - 1)}"}`;
        const entry = { Source: 'app', DetailType: 'ü', Detail: detail, Resources: ['ü'], Time: 0 };
        expect(await refusal('PutEvents', { Entries: [entry] })).toBe('taken');
        expect(await refusal('PutEvents', { Entries: [{ ...entry, Source: 'appl' }] })).toContain('over the limit');
      },
    },
    {
      says: 'what is put on a bus that is not there is taken, and goes nowhere',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        expect(await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName: 'none' }] })).toMatchObject({ FailedEntryCount: 0 });
        await clock.advance(1);
        expect(sent).toEqual([]);
      },
    },
    {
      says: 'a rule hears its own bus alone, which an entry names by its name or its ARN',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock, events } = buses();
        events.buses.create('mine');
        rule({ name: 'on-mine', bus: 'mine' });
        rule({ name: 'on-default' });
        for (const EventBusName of ['mine', `${BUS_ARN}mine`, 'default', undefined])
          await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName }] });
        await clock.advance(1);
        expect(sent.map((one) => one.rule.name)).toEqual(['on-mine', 'on-mine', 'on-default', 'on-default']);
      },
    },
    {
      says: 'a rule of a bus of one’s own is measured by EventBusName and RuleName',
      basis: 'documented',
      source: guide('eb-monitoring'),
      holds: async () => {
        const { ask, rule, measured, events } = buses();
        events.buses.create('mine');
        rule({ bus: 'mine' });
        await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName: 'mine' }] });
        expect(measured.map(({ dimensions }) => dimensions)).toEqual([{ EventBusName: 'mine', RuleName: 'rule' }]);
      },
    },
    {
      says: 'who puts is asked for events:PutEvents on the bus of each entry, with events:source, events:detail-type and events:eventBusInvocation',
      basis: 'documented',
      source: ACTIONS,
      holds: async () => {
        const { refusal, role } = buses();
        const StringEquals = { 'events:source': 'app', 'events:detail-type': 'told', 'events:eventBusInvocation': 'false' };
        const allows = [{ Action: 'events:PutEvents', Resource: `${BUS_ARN}default`, Condition: { StringEquals } }];
        const caller = role('producer', { allows });
        const put = (...rest: object[]) => refusal('PutEvents', { Entries: rest.map((one) => ({ ...ENTRY, ...one })) }, caller);
        expect(await put({})).toBe('taken');
        for (const other of [{ Source: 'other' }, { DetailType: 'other' }, { EventBusName: 'other' }])
          expect(await put(other)).toContain('AccessDeniedException: User: ');
      },
    },
    {
      says: 'a call is refused whole with AccessDeniedException where one of its entries may not be put',
      basis: 'undecided',
      source: api('PutEvents'),
      holds: async () => {
        const { refusal, role, rule, sent, clock } = buses();
        rule();
        const caller = role('producer', { allows: [{ Action: 'events:PutEvents', Resource: `${BUS_ARN}default` }] });
        const Entries = [ENTRY, { ...ENTRY, EventBusName: 'other' }];
        expect(await refusal('PutEvents', { Entries }, caller)).toContain('is not authorized to perform: events:PutEvents');
        await clock.advance(1);
        expect(sent).toEqual([]);
      },
    },
    {
      says: 'the policy of a bus lets a caller of its account in whose own policies say nothing',
      basis: 'documented',
      source: guide('eb-event-bus-perms'),
      holds: async () => {
        const { refusal, role, iam } = buses();
        const caller = role('producer');
        const statement = { Principal: { AWS: caller.roleArn }, Action: 'events:PutEvents', Resource: `${BUS_ARN}default` };
        const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
        expect(await refusal('PutEvents', { Entries: [ENTRY] }, caller)).toContain('AccessDeniedException');
        iam.addResourcePolicy({ arn: `${BUS_ARN}default`, document, code: 'ValidationException' });
        expect(await refusal('PutEvents', { Entries: [ENTRY] }, caller)).toBe('taken');
      },
    },
  ],
};
