import { analyst } from './analyst.ts';
import { auditor } from './auditor.ts';
import { curate } from './curate.ts';
import { deliver } from './deliver.ts';
import { produce } from './produce.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { steward } from './steward.ts';

/** What the roles of a platform do, in an order in which each finds what it needs. */
export const SCENARIOS: readonly Scenario[] = [...produce, ...deliver, ...steward, ...curate, ...analyst, ...auditor, ...replay];
