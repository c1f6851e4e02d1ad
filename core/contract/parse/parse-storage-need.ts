import { RETENTION_DAYS } from '../../storage/retention-classes.ts';
import type { DatasetProperties } from './custom-properties.ts';
import { likelyDays, statedDuration } from './duration.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import type { StorageNeed } from '../model.ts';
import type { DatasetLevels } from './parse-service-levels.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What a contract that says nothing of its storage gets. */
const DEFAULTS = { readOftenDays: 30, readSometimesDays: 365, restoreWithinHours: 12 } as const;

/** How long a dataset is kept, and how soon its parts must be at hand. */
export function parseStorageNeed(
  dataset: string,
  levels: DatasetLevels,
  said: DatasetProperties | undefined,
  placeOf: (property: string) => DocumentPath,
  faults: Fault[],
): StorageNeed {
  const retention = levels.duration('retention');
  const retentionDays = retention === undefined ? -1 : retention.milliseconds / DAY_MS;
  const isOffered = RETENTION_DAYS.some((offered) => offered === retentionDays);
  if (retention === undefined) {
    if (!levels.isMisspelt('retention'))
      faults.push({
        code: 'RetentionMissing',
        path: ['slaProperties'],
        message: `must state 'retention' for '${dataset}': data without an end is nobody's decision; add it`,
      });
  } else if (retentionDays > 0 && !isOffered) {
    faults.push({
      code: 'RetentionNotOffered',
      path: retention.path,
      message: `of 'retention' must be one of ${RETENTION_DAYS.join(', ')} days, got ${statedDuration(retention.value, retention.unit)}; choose ${nearestOffered(likelyDays(retention.value, retention.unit))} days, as the law allows`,
    });
  }
  const readOftenDays =
    said?.readOften === undefined
      ? Math.min(DEFAULTS.readOftenDays, retentionDays, (said?.readSometimes ?? Infinity) / DAY_MS)
      : said.readOften / DAY_MS;
  const readSometimesDays =
    said?.readSometimes === undefined
      ? Math.max(readOftenDays, Math.min(DEFAULTS.readSometimesDays, retentionDays))
      : said.readSometimes / DAY_MS;
  const need = {
    readOftenDays,
    readSometimesDays,
    retentionDays,
    restoreWithinHours: said?.restoreWithin === undefined ? DEFAULTS.restoreWithinHours : said.restoreWithin / HOUR_MS,
  };
  if (isOffered && (readSometimesDays > retentionDays || readOftenDays > readSometimesDays)) {
    faults.push({
      code: 'NeedsOutOfOrder',
      path: placeOf(readOftenDays > readSometimesDays || said?.readSometimes === undefined ? 'readOften' : 'readSometimes'),
      message: `must keep 'readOften' up to 'readSometimes' and that up to 'retention', got ${readOftenDays}, ${readSometimesDays} and ${retentionDays} days; shorten the earlier one`,
    });
  }
  return need;
}

/** The offered retentions beside one that is not. */
function nearestOffered(days: number): string {
  const below = RETENTION_DAYS.filter((offered) => offered <= days).at(-1);
  const above = RETENTION_DAYS.find((offered) => offered > days);
  return [below, above].filter((offered) => offered !== undefined).join(' or ');
}
