import type { ServiceLevels } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change } from './change.ts';
import { fromTo } from './words.ts';

type Judge = (before: ServiceLevels, after: ServiceLevels, path: string) => readonly Change[];

/** What readers are promised of deliveries and of the product's life. */
export const compareServiceLevels: Judge = (before, after, path) =>
  Object.values(JUDGES).flatMap((judge) => judge(before, after, path));

/** No promise is the rarest delivery of all. */
const frequency: Judge = ({ frequencyMs: before }, { frequencyMs: after }, path) => {
  if (before === after) return [];
  const words = `${fromTo(before, after)} ms between two deliveries`;
  return (after ?? Infinity) > (before ?? Infinity)
    ? [breaking('FrequencyLowered', path, ['readers'], `${words}: data comes less often`, 'agree on it with the readers')]
    : [additive('FrequencyRaised', path, `${words}: data comes more often`, 'see that the source delivers so often')];
};

const CLOCK = /^(\d{2}):(\d{2})(?::\d{2})?(?:Z|([+-])(\d{2}):(\d{2}))?$/;

/** Minutes of UTC from the beginning of the day at its own zone. */
function minutesOf(time: string): number | undefined {
  const match = CLOCK.exec(time);
  if (match === null) return undefined;
  const [hours, minutes, zoneHours, zoneMinutes] = [match[1], match[2], match[4], match[5]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return hours * 60 + minutes - (match[3] === '-' ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
}

/** Each time that was promised must be kept by one that is not later. */
const times: Judge = ({ timesOfAvailability: before }, { timesOfAvailability: after }, path) => {
  if (same(before, after)) return [];
  const words = fromTo(before, after);
  const isKept = (times: readonly string[]) => (time: string) =>
    times.some((other) => other === time || (minutesOf(other) ?? Infinity) <= (minutesOf(time) ?? -Infinity));
  if (!before.every(isKept(after)))
    return [
      breaking('AvailabilityLater', path, ['readers'], `${words}: a day's data is there later`, 'agree on it with the readers'),
    ];
  return after.every(isKept(before))
    ? [metadata('AvailabilityRestated', path, `${words}: a day's data is there at the same time`)]
    : [additive('AvailabilityEarlier', path, `${words}: a day's data is there earlier`, 'see that the source delivers in time')];
};

/** To say for the first time when it ends breaks nobody: an end that is near can be announced in any version. */
const end =
  (key: 'endOfSupport' | 'endOfLife'): Judge =>
  ({ [key]: before }, { [key]: after }, path) => {
    if (before === after) return [];
    const words = `${key} ${fromTo(before, after)}`;
    if (before === undefined) return [additive('EndAnnounced', path, words, 'tell readers by when they must have moved')];
    if (after !== undefined && Date.parse(after) === Date.parse(before))
      return [metadata('EndRestated', path, `${words}: the same moment`)];
    if (after === undefined || Date.parse(after) > Date.parse(before))
      return [additive('EndPostponed', path, words, 'tell readers that they have longer')];
    return [
      breaking(
        'EndBroughtForward',
        path,
        ['readers'],
        `${words}: readers have less time to move than promised`,
        'agree on it with the readers',
      ),
    ];
  };

const JUDGES: { readonly [K in keyof Required<ServiceLevels>]: Judge } = {
  frequencyMs: frequency,
  timesOfAvailability: times,
  generalAvailability: ({ generalAvailability: before }, { generalAvailability: after }, path) =>
    before === after ? [] : [metadata('GeneralAvailabilityChanged', path, fromTo(before, after))],
  endOfSupport: end('endOfSupport'),
  endOfLife: end('endOfLife'),
};
