import { isDay } from '../../aws/is-day.ts';
import { slaDuration } from './duration.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import type { ServiceLevels } from '../model.ts';
import type { OdcsDocument } from '../odcs/odcs-shape.ts';
import { suggest } from '../../suggest.ts';

/** Service levels that mean something here, in ODCS's own words; `latency` and `freshness` say the same. */
export const SERVICE_LEVELS = [
  'latency',
  'freshness',
  'retention',
  'frequency',
  'timeOfAvailability',
  'generalAvailability',
  'endOfSupport',
  'endOfLife',
] as const;

type Level = NonNullable<OdcsDocument['slaProperties']>[number];

interface StatedDuration {
  readonly milliseconds: number;
  readonly path: DocumentPath;
  readonly value: number;
  readonly unit: string;
}

/** The service levels of one dataset: those that name it (or a column of it) as their element before those that name none. */
export class DatasetLevels {
  constructor(
    private readonly odcs: OdcsDocument,
    private readonly dataset: string,
    private readonly faults: Fault[],
  ) {}

  /** Milliseconds of a level; undefined where the contract does not state it. */
  duration(property: string): StatedDuration | undefined {
    const [first] = this.all(property);
    if (first === undefined) return undefined;
    const { level, path } = first;
    const milliseconds = slaDuration(level.value, level.unit);
    if (milliseconds === undefined)
      this.faults.push({
        code: 'InvalidServiceLevel',
        path: [...path, slaDuration(level.value, 'd') !== undefined && level.unit !== undefined ? 'unit' : 'value'],
        message: `of '${property}' must be a number above 0 with a unit of s, m, h, d or y, got ${JSON.stringify(level.value)} ${level.unit === undefined ? 'without a unit' : `with the unit '${level.unit}'`}; state both`,
      });
    return {
      milliseconds: milliseconds ?? 0,
      path: [...path, 'value'],
      value: typeof level.value === 'number' ? level.value : 0,
      unit: level.unit ?? '',
    };
  }

  read(): ServiceLevels {
    this.refuseUnknown();
    const frequency = this.duration('frequency')?.milliseconds;
    const dates = (['generalAvailability', 'endOfSupport', 'endOfLife'] as const).map(
      (property) => [property, this.date(property)] as const,
    );
    this.checkOrder(Object.fromEntries(dates));
    return {
      ...(frequency === undefined ? {} : { frequencyMs: frequency }),
      timesOfAvailability: this.all('timeOfAvailability').flatMap((found) => this.timeOfDay(found)),
      ...Object.fromEntries(dates.filter(([, date]) => date !== undefined)),
    };
  }

  /** Whether a level of another name likely means this one. */
  isMisspelt(property: string): boolean {
    const names = new Set((this.odcs.slaProperties ?? []).map((level) => level.property));
    return [...names].some(
      (name) =>
        !SERVICE_LEVELS.some((known) => known === name) &&
        suggest(name, SERVICE_LEVELS) === property &&
        this.all(name).length > 0,
    );
  }

  private all(property: string): { readonly level: Level; readonly path: DocumentPath }[] {
    const levels = (this.odcs.slaProperties ?? []).map((level, index) => ({
      level,
      path: ['slaProperties', index] as DocumentPath,
    }));
    const named = levels.filter(({ level }) => level.property === property);
    const own = named.filter(
      ({ level }) => level.element?.split(',').some((element) => element.trim().split('.')[0] === this.dataset) === true,
    );
    return own.length > 0 ? own : named.filter(({ level }) => level.element === undefined);
  }

  /** Only where the word is nearly one that has an effect: ODCS lets people state what they like. */
  private refuseUnknown(): void {
    if (this.dataset !== this.odcs.schema[0]?.name) return; // once for the document
    this.odcs.slaProperties?.forEach(({ property }, index) => {
      if (SERVICE_LEVELS.some((known) => known === property)) return;
      const meant = suggest(property, SERVICE_LEVELS);
      if (meant === undefined) return;
      this.faults.push({
        code: 'UnknownServiceLevel',
        path: ['slaProperties', index, 'property'],
        message: `must be one of ${SERVICE_LEVELS.join(', ')} to have an effect, got '${property}'; did you mean '${meant}'?`,
      });
    });
  }

  private date(property: string): string | undefined {
    const [first] = this.all(property);
    if (first === undefined) return undefined;
    const { value } = first.level;
    if (typeof value === 'string' && isMoment(value)) return value;
    this.faults.push({
      code: 'InvalidServiceLevel',
      path: [...first.path, 'value'],
      message: `of '${property}' must be an ISO 8601 date or a timestamp with its zone, such as '2030-12-31', got ${JSON.stringify(value)}; mend it`,
    });
    return undefined;
  }

  private checkOrder(dates: Readonly<Record<string, string | undefined>>): void {
    const stated = ['generalAvailability', 'endOfSupport', 'endOfLife'].filter((property) => dates[property] !== undefined);
    stated.slice(1).forEach((property, index) => {
      const before = stated[index] ?? '';
      if (Date.parse(dates[property] ?? '') >= Date.parse(dates[before] ?? '')) return;
      this.faults.push({
        code: 'ServiceLevelsOutOfOrder',
        path: [...(this.all(property)[0]?.path ?? ['slaProperties']), 'value'],
        message: `of '${property}' must not be before '${before}' (${dates[before] ?? ''}), got ${dates[property] ?? ''}; mend one`,
      });
    });
  }

  private timeOfDay({ level, path }: { readonly level: Level; readonly path: DocumentPath }): string[] {
    if (typeof level.value === 'string' && TIME_OF_DAY.test(level.value)) return [level.value];
    this.faults.push({
      code: 'InvalidServiceLevel',
      path: [...path, 'value'],
      message: `of 'timeOfAvailability' must be a time of day with its zone, such as '09:00-08:00' or '06:00Z', got ${JSON.stringify(level.value)}; add the zone`,
    });
    return [];
  }
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
const isMoment = (text: string): boolean => ISO_DATE.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
