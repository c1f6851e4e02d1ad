import type { DangerousCase } from '../case.ts';
import { aComputedAlarm, ALARM, anAlarm } from '../givens.ts';

/** Nobody is told, or later. */
export const ALARMS: readonly DangerousCase[] = [
  {
    name: 'an alarm is gone',
    given: anAlarm,
    edit: (platform) => {
      platform.remove(platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM));
    },
    dangers: ['AlarmRemoved'],
  },
  {
    name: 'an alarm tells nobody',
    given: anAlarm,
    edit: (platform) => {
      platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM).properties.ActionsEnabled = false;
    },
    dangers: ['AlarmDisabled'],
  },
  {
    name: 'an alarm goes off later',
    given: anAlarm,
    edit: (platform) => {
      platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM).properties.Threshold = 3600;
    },
    dangers: ['AlarmRelaxed'],
  },
  {
    name: 'an alarm takes away more, by an expression that another one names',
    given: aComputedAlarm('m1 * 1'),
    edit: aComputedAlarm('m1 * 2'),
    dangers: ['AlarmRelaxed'],
  },
];
