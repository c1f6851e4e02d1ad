import os from 'node:os';
import path from 'node:path';
import { readContracts } from '../core/contract/read-file.ts';
import { compileContract } from '../core/record/compiled-contract.ts';
import { eventJudge } from '../core/record/judge-event.ts';
import { judgeRecord } from '../core/record/judge-record.ts';
import { demoSource } from '../cli/sample-source.ts';

/** Events of each dataset that are judged. */
const ROWS = 20_000;
const ROUNDS = 5;

/** CPU milliseconds of the best of some rounds: what else the machine does only ever adds. */
function cpu(work: () => void): number {
  return Math.min(
    ...Array.from({ length: ROUNDS }, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

/** Prints what judging an event costs, for each dataset of this project. */
export async function benchJudge(): Promise<void> {
  const root = process.cwd();
  const datasets = readContracts(path.join(root, 'contracts')).flatMap((contract) => contract.datasets);
  const source = await demoSource(root, datasets, { rows: ROWS, seed: 1 });
  const texts = new Map<string, string[]>();
  for await (const { batches } of source.days()) {
    for (const { domain, dataset, events } of batches)
      texts.set(`${domain}.${dataset}`, [...(texts.get(`${domain}.${dataset}`) ?? []), ...events]);
  }

  console.log(
    `The judge of events, in multiples of one JSON.parse of the same bytes. ${os.cpus()[0]?.model ?? ''}, Node ${process.version}`,
  );
  for (const dataset of datasets) {
    const events = texts.get(`${dataset.domain}.${dataset.name}`) ?? [];
    const contract = compileContract(dataset);
    const judge = eventJudge(contract, 'x'.repeat(64));
    const arrival = source.startsAt + 86_400_000;
    const record = { recordId: 'r', arrival, stream: 's', shardId: 'h', sequenceNumber: '1', subsequenceNumber: 0 };
    const bytes = Buffer.from(`${events.join('\n')}\n`);
    const parse = cpu(() => {
      for (const text of events) JSON.parse(text);
    });
    const whole = cpu(() => judgeRecord(contract, judge, { ...record, bytes }));
    console.log(
      `${`${dataset.domain}.${dataset.name}`.padEnd(32)} ${String(events.length).padStart(7)} events  ${(whole / parse).toFixed(1)} x JSON.parse`,
    );
  }
}
