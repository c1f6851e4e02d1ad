import { vi } from 'vitest';
import { alarmsGoOff, goOff } from '../../../prove/alarms/alarms-go-off.ts';
import { TROUBLES } from '../../../prove/alarms/trouble.ts';
import type { Edit } from '../../../prove/nothing-lost/lake/assembly.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

test('alarms-go-off holds, quickly', async () => {
  await expect(alarmsGoOff.prove('quick')).resolves.toMatch(/^3 troubles: /);
});

const troubles = TROUBLES.filter(({ alarms }) => alarms.join() === 'Quarantined');
const eachAlarm =
  (change: (properties: Record<string, unknown>) => void): Edit =>
  (resources) => {
    for (const { Type, Properties } of Object.values(resources)) if (Type === 'AWS::CloudWatch::Alarm') change(Properties);
  };

test.each([
  ['actions are off', eachAlarm((alarm) => (alarm.ActionsEnabled = false)), "'Quarantined' told nobody"],
  ['a threshold is out of reach', eachAlarm((alarm) => (alarm.Threshold = 1e9)), "'Quarantined' did not go off in 75 minutes"],
  [
    'an alarm goes off at anything',
    eachAlarm((alarm) => (alarm.Threshold = -1)),
    "'Failing' went off in minute -29, without a cause",
  ],
])('alarms-go-off fails when %s', async (_, spoil, message) => {
  await expect(goOff(troubles, spoil)).rejects.toThrow(message);
});
