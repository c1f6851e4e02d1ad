import type { Access } from '../scenarios/recorder.ts';
import { athena } from './athena.ts';
import type { Declare, Standing } from './declared.ts';
import { firehose } from './firehose.ts';
import { keys } from './keys.ts';
import { network, throughEndpoints } from './network.ts';
import { notices } from './notices.ts';
import { records } from './records.ts';
import { replication } from './replication.ts';
import { schedules } from './schedules.ts';
import { tables } from './tables.ts';
import { workflows } from './workflows.ts';

const DECLARED: readonly Declare[] = [athena, firehose, keys, network, notices, records, replication, schedules, tables];

/** What services ask for that do not run here. @param run What was asked for on the local runtime */
export async function declaredAccesses(standing: Standing, run: readonly Access[]): Promise<readonly Access[]> {
  return [
    ...(await workflows(standing)),
    ...DECLARED.flatMap((declare) => declare(standing)),
    ...throughEndpoints(standing, run),
  ];
}
