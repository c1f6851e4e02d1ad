import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { ask, namedQueries } from '../platform/ask.ts';
import { censusFile, logFile, shownName } from './names.ts';
import type { DeployedDataset, Platform } from '../platform/platform.ts';
import { QuarantineCensus } from '../platform/quarantine-census.ts';
import { readProducerLog } from './producer-log.ts';
import { assume, type Place, type RoleClients } from '../platform/session.ts';
import type { DatasetSummary, QuestionSummary } from './summary.ts';
import { listObjects } from '../platform/zones.ts';

/** Counts each dataset from three sources, and asks the questions that stand ready in the analyst's workgroup. */
export async function examine(
  platform: Platform,
  deployed: readonly DeployedDataset[],
  place: Place,
  project: Project,
  out: Out,
): Promise<[DatasetSummary[], QuestionSummary[]]> {
  const analyst = await assume(place, platform.analystRoleArn, 'demo-analyst');
  try {
    await out.step('Counting what was produced, accepted and quarantined');
    const counted: DatasetSummary[] = [];
    for (const dataset of deployed) {
      const steward = await assume(place, dataset.stewardRoleArn, 'demo-steward');
      counted.push(await countDataset(platform, dataset, analyst, steward, project, deployed));
      steward.close();
    }
    out.done();
    await out.step('Asking questions as the analyst');
    const questions: QuestionSummary[] = [];
    for (const { name, sql } of await namedQueries(analyst.athena, platform.workGroup)) {
      out.detail(name);
      questions.push({ name, ...(await ask(analyst.athena, platform.workGroup, sql)) });
    }
    out.done(`${questions.length} answered`);
    return [counted, questions];
  } finally {
    analyst.close();
  }
}

async function countDataset(
  platform: Platform,
  { contract, prefix, cleanTable }: DeployedDataset,
  analyst: RoleClients,
  steward: RoleClients,
  project: Project,
  all: readonly DeployedDataset[],
): Promise<DatasetSummary> {
  const produced = await readProducerLog(logFile(project, contract));
  const sql = `SELECT count(*) AS copies, count(DISTINCT "_event_id") AS events FROM ${cleanTable}`;
  const [row = []] = (await ask(analyst.athena, platform.workGroup, sql)).rows;
  const [copies = 0, accepted = 0] = row.map(Number);
  const census = new QuarantineCensus(censusFile(project, contract));
  await census.collect(steward.s3, platform.bucket('quarantine'), prefix);
  const quarantined = census.count();
  const objects = await listObjects(steward.s3, platform.bucket('clean'), prefix);
  return {
    name: shownName(
      contract,
      all.map((dataset) => dataset.contract),
    ),
    produced: produced.events,
    accepted,
    quarantined: quarantined.events,
    duplicates: copies - accepted + quarantined.copies,
    reasons: quarantined.reasons,
    jsonBytes: produced.bytes,
    parquetBytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
