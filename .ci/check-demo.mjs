/** Runs the demo as a program would read it, and holds its bounds: first word, sums, rows, seconds, memory. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const MOST = { seconds: 90, peakBytes: 1.5 * 1000 ** 3, firstWordMs: 2000 };

const child = spawn('node', ['cli/headwaters.mjs', 'demo', '--json', '--fresh'], { stdio: ['ignore', 'pipe', 'pipe'] });
const began = performance.now();
let firstWordMs = Infinity;
child.stderr.on('data', (chunk) => {
  firstWordMs = Math.min(firstWordMs, performance.now() - began);
  process.stderr.write(chunk);
});
let stdout = '';
let peakBytes = 0;
child.stdout.on('data', (chunk) => (stdout += chunk));
const sampling = setInterval(() => {
  const status = `/proc/${child.pid}/status`;
  const peak = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : undefined;
  if (peak) peakBytes = Math.max(peakBytes, Number(peak[1]) * 1024);
}, 200);
const code = await new Promise((resolve) => child.on('close', resolve));
clearInterval(sampling);

assert.equal(code, 0, 'the demo must end well');
const { datasets, queries, tiers, seconds } = JSON.parse(stdout);
for (const { name, produced, accepted, quarantined } of datasets)
  assert.equal(produced, accepted + quarantined, `every event of '${name}' must be somewhere`);
assert.ok(
  datasets.some(({ produced }) => produced === 200_000),
  'a dataset must have 200,000 events',
);
assert.ok(datasets.filter(({ produced }) => produced >= 20_000).length >= 2, 'another must have at least 20,000');
assert.ok(queries.length >= 4 && queries.every(({ rows }) => rows.length > 0), 'at least four questions must be answered');
assert.ok(tiers.length > 0, 'objects must be left after a year');
assert.ok(seconds <= MOST.seconds, `the demo must end within ${MOST.seconds} s, got ${seconds}`);
assert.ok(peakBytes <= MOST.peakBytes, `the demo must stay within ${MOST.peakBytes} bytes, got ${peakBytes}`);
assert.ok(firstWordMs <= MOST.firstWordMs, `the first word must come within ${MOST.firstWordMs} ms, got ${firstWordMs}`);
const memory = peakBytes === 0 ? 'memory not measured: no /proc here' : `${Math.round(peakBytes / 1e6)} MB at the peak`;
console.log(
  `demo: ${datasets.map(({ name, produced }) => `${name} ${produced}`).join(', ')}; first word after ${Math.round(firstWordMs)} ms; ${seconds.toFixed(1)} s; ${memory}`,
);
