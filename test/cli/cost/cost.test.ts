import { Command } from 'commander';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addCost } from '../../../cli/commands/cost.ts';
import { SAMPLE } from '../../core/cost/template/sample.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cost-'));

async function run(...args: readonly string[]): Promise<string[]> {
  const assembly = path.join(folder, 'cdk.out');
  mkdirSync(assembly, { recursive: true });
  writeFileSync(path.join(assembly, 'sample.template.json'), JSON.stringify({ Resources: SAMPLE }));
  const artifacts = { sample: { type: 'aws:cloudformation:stack', properties: { templateFile: 'sample.template.json' } } };
  writeFileSync(path.join(assembly, 'manifest.json'), JSON.stringify({ artifacts }));
  const lines: string[] = [];
  const program = new Command().exitOverride();
  const nothing = () => undefined;
  addCost(program, {
    line: (text) => lines.push(text),
    step: () => Promise.resolve(),
    detail: nothing,
    done: nothing,
    failed: nothing,
  });
  await program.parseAsync(['node', 'headwaters', 'cost', '--assembly', assembly, ...args]);
  return lines;
}

const workloadFile = (text: string): string => {
  const file = path.join(folder, 'workload.yaml');
  writeFileSync(file, text);
  return file;
};

test('prices an assembly with what a workload file says, for programs', async () => {
  const file = workloadFile('datasets: { energy.readings: { eventsPerDay: 1048576, eventBytes: 1023 } }');
  const [line = '', ...others] = await run('--workload', file, '--json');
  expect(others).toEqual([]);
  const read = JSON.parse(line) as Record<string, { months: { usd: number }[]; idle: { usd: number } }>;
  expect(Object.keys(read)).toEqual(['stacks']);
  expect(read.stacks?.months).toHaveLength(12);
  expect(read.stacks?.idle.usd).toBeCloseTo(730 * 2 * (0.015 + 0.02 + 0.01) + 1 + 0.4 + 0.2 + 1.8, 9);
});

test('prints tables for people', async () => {
  const [report = ''] = await run();
  expect(report).toContain('USD a month at list prices as of 2024-07-01');
  expect(report).toContain('energy.readings brings no events: neither a contract nor the workload says how many');
});

test('fails for a workload file that is missing', async () => {
  await expect(run('--workload', 'nowhere.yaml')).rejects.toThrow(
    "NoWorkload: '--workload' must name a file, got 'nowhere.yaml'",
  );
});
test('fails for a workload with a key that is none, naming it', async () => {
  await expect(run('--workload', workloadFile('hoursAMonth: 1'))).rejects.toThrow("'hoursAMonth' is no key of a workload");
});
