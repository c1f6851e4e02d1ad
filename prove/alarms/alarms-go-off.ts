import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { environmentWithoutAccount } from '../../test/support/platform.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import type { Input } from '../nothing-lost/input/input.ts';
import { GOOD } from '../nothing-lost/input/inputs.ts';
import { Assembly, type Edit } from '../nothing-lost/lake/assembly.ts';
import { Producer } from '../nothing-lost/lake/producer.ts';
import { Session } from '../nothing-lost/lake/session.ts';
import { TROUBLES, type Trouble } from './trouble.ts';

const MINUTE = 60_000;
/** Minutes: before a trouble, of it, and after it. */
const SOUND = 30;
const LASTS = 75;
const AFTER = 60;
const FOR_EVER = 1_000_000;
/** A fold each hour, so that one begins in every trouble. */
const CURATED_WITHIN = 'PT2H';
const QUICK = ['Late', 'Undelivered', 'Failed'];

/** What became of the alarms in one trouble. */
interface Told {
  /** Minutes from the begin of the trouble until it went off, by alarm; below nothing for one that did before. */
  readonly minutes: ReadonlyMap<string, number>;
  /** Alarms that told the topic. */
  readonly notices: ReadonlySet<string>;
  /** Alarms that are not at rest an hour after the end. */
  readonly left: readonly string[];
}

/** `Late` of `…AlarmsLateAlarm22A4`, and `Failed` of `CurationAlarmFailedAlarm13B5`. */
const alarmId = (name: string): string => /Alarms?([A-Z]\w*?)Alarm/.exec(name)?.[1] ?? name;

async function meet(assembly: Assembly, { arrives = [GOOD], faults = [], mischief, edit }: Trouble, spoil?: Edit): Promise<Told> {
  const session = await Session.open(assembly, spoil && assembly.variant(spoil));
  const minutes = new Map<string, number>();
  const producer = new Producer(session, 'a');
  const pass = async (count: number, inputs: readonly Input[], from = -SOUND): Promise<void> => {
    for (let minute = 1; minute <= count; minute += 1) {
      const Records = producer
        .compose(inputs, { perRecord: 1, neighbours: false })
        .map(({ data }, index) => ({ Data: data, PartitionKey: String(index) }));
      await session.kinesis.send(new PutRecordsCommand({ StreamName: session.dataset().intake.name, Records }));
      await session.clock.advance(MINUTE);
      for (const { name, state } of session.alarms())
        if (state === 'ALARM' && !minutes.has(alarmId(name))) minutes.set(alarmId(name), from + minute);
    }
  };
  try {
    await pass(SOUND, [GOOD]);
    if (edit !== undefined) await session.restart(assembly.variant(edit));
    session.faults.plant({ seed: 1, rules: faults }, session.clock.now());
    if (mischief !== undefined) assembly.mischief.begin(mischief, FOR_EVER);
    await pass(LASTS, arrives, 0);
    session.faults.lift();
    assembly.mischief.end();
    if (edit !== undefined) await session.restart();
    await pass(AFTER, [GOOD], LASTS);
    const told = session.logs.flatMap((line) => /^ALARM: "([^"]+)"/.exec(line)?.[1] ?? []);
    const left = session.alarms().filter(({ state, lacks }) => state !== 'OK' || lacks !== undefined);
    return { minutes, notices: new Set(told.map(alarmId)), left: left.map(({ name }) => alarmId(name)) };
  } finally {
    await session.close();
  }
}

function findings({ says, alarms }: Trouble, { minutes, notices, left }: Told): string[] {
  return [
    ...alarms.filter((alarm) => !minutes.has(alarm)).map((alarm) => `${says}: '${alarm}' did not go off in ${LASTS} minutes`),
    ...[...minutes]
      .filter(([alarm, minute]) => minute <= 0 || !alarms.includes(alarm))
      .map(([alarm, minute]) => `${says}: '${alarm}' went off in minute ${minute}, without a cause`),
    ...[...minutes.keys()].filter((alarm) => !notices.has(alarm)).map((alarm) => `${says}: '${alarm}' told nobody`),
    ...left.map((alarm) => `${says}: '${alarm}' is not at rest ${AFTER} minutes after the end`),
  ];
}

/** @param spoil What is wrong with the templates from the beginning: a test sees the claim fail. @throws ClaimFails */
export async function goOff(troubles: readonly Trouble[], spoil?: Edit): Promise<string> {
  const environment = { ...environmentWithoutAccount('dev'), alarms: { emails: [] }, eventBridge: true };
  const assembly = new Assembly(['scans'], { environment, curatedWithin: CURATED_WITHIN });
  const found: string[] = [];
  const slowest = new Map<string, number>();
  try {
    for (const trouble of troubles) {
      const told = await meet(assembly, trouble, spoil);
      found.push(...findings(trouble, told));
      for (const [alarm, minute] of told.minutes) slowest.set(alarm, Math.max(minute, slowest.get(alarm) ?? 0));
    }
    if (slowest.size === 0) found.push('no alarm went off');
    if (found.length > 0) throw new ClaimFails(found);
    const each = [...slowest].map(([alarm, minute]) => `${alarm} after ${minute} minutes`);
    return `${troubles.length} troubles: ${each.join(', ')}. Simulated time.`;
  } finally {
    assembly.remove();
  }
}

export const alarmsGoOff: Claim = {
  id: 'alarms-go-off',
  says: 'Each alarm of a dataset and of its domain goes off within 75 minutes of what it watches for, tells the topic as CloudWatch may, and rests an hour after the end; no other does, and none where nothing is wrong.',
  prove: (scale) =>
    goOff(scale === 'full' ? TROUBLES : TROUBLES.filter(({ alarms }) => QUICK.some((alarm) => alarms.includes(alarm)))),
};
