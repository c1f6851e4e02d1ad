import type { Classification, Protection } from '../model.ts';
import type { SERVICE_LEVELS } from '../parse/parse-service-levels.ts';
import { RETENTION_DAYS } from '../../storage/retention-classes.ts';
import { STORED } from './meaning.ts';

const LEVELS: Readonly<Record<(typeof SERVICE_LEVELS)[number], string>> = {
  retention: `how long data is kept after it arrived: ${RETENTION_DAYS.join(', ')} days; required. Readable days, storage classes and the price follow from it`,
  latency:
    'how soon an event must be readable; 15 minutes if unsaid. Two thirds of it is what the delivery may buffer; from an hour on a dataset has no stream, and events are put straight into its delivery',
  freshness: "the same as 'latency'",
  frequency: 'how often its source delivers; compared between versions, and checked by nothing yet',
  timeOfAvailability:
    "a time of day, with its zone, by which a day's data is there; compared between versions, and checked by nothing yet",
  generalAvailability: 'from when the product may be relied on; compared between versions, and checked by nothing yet',
  endOfSupport: 'until when somebody answers; compared between versions, and checked by nothing yet',
  endOfLife: 'when the product ends; compared between versions, and checked by nothing yet',
};

const CLASSES: Readonly<Record<Classification, string>> = {
  public: 'may be seen by anybody',
  internal: 'may be seen within the company; what a column is that says nothing',
  confidential: 'may be seen by those who need it',
  restricted: 'may be seen by nobody as it came: a column of this class has a protection',
};

const PROTECTION = (protection: Protection): string => `a protection: of the value, ${STORED[protection]} is stored`;

/** Words that stand as values in a contract, and what they cause. */
export const VALUES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(LEVELS).map(([level, words]) => [level, `a service level of slaProperties: ${words}`])),
  ...Object.fromEntries(Object.entries(CLASSES).map(([name, words]) => [name, `a classification: ${words}`])),
  ...Object.fromEntries((Object.keys(STORED) as Protection[]).map((name) => [name, PROTECTION(name)])),
  validValues: "an argument of the quality rule 'invalidValues': the only texts a column may hold, if 'mustBe' is 0 (not-listed)",
};
