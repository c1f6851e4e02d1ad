import type { DangerousCase } from '../case.ts';
import { ACCESS } from './access.ts';
import { ALARMS } from './alarms.ts';
import { CONTRACTS } from './contracts.ts';
import { CURATED } from './curated.ts';
import { DELETION } from './deletion.ts';
import { EVERYDAY } from './everyday.ts';
import { ORIGINALS } from './originals.ts';
import { POWERS } from './powers.ts';
import { PROCESS } from './process.ts';
import { PROTECTION } from './protection.ts';
import { REPLACEMENT } from './replacement.ts';
import { SHORTENING } from './shortening.ts';
import { UNKNOWN } from './unknown.ts';

/** Edits of prod that must not pass, by what they do. */
export const DANGEROUS_BY_KIND = {
  access: ACCESS,
  alarms: ALARMS,
  contracts: CONTRACTS,
  curated: CURATED,
  deletion: DELETION,
  everyday: EVERYDAY,
  originals: ORIGINALS,
  powers: POWERS,
  process: PROCESS,
  protection: PROTECTION,
  replacement: REPLACEMENT,
  shortening: SHORTENING,
  unknown: UNKNOWN,
} as const satisfies Readonly<Record<string, readonly DangerousCase[]>>;

export const DANGEROUS: readonly DangerousCase[] = Object.values(DANGEROUS_BY_KIND).flat();
