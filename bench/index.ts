/** `npm run bench` measures all, `npm run bench -- synth` one thing; what follows the name is its options. */
const MEASURES: Readonly<Record<string, () => Promise<void>>> = {
  edit: async () => {
    (await import('./edit.ts')).benchEdit();
  },
  handler: async () => (await import('./handler.ts')).benchHandler(process.argv.slice(3)),
  judge: async () => (await import('./judge.ts')).benchJudge(),
  local: async () => (await import('./local.ts')).benchLocal(process.argv.slice(3)),
  storage: async () => (await import('./storage.ts')).benchStorage(),
  synth: async () => {
    (await import('./synth.ts')).benchSynth();
  },
};

const asked = process.argv[2];
if (asked !== undefined && !Object.hasOwn(MEASURES, asked)) {
  console.error(
    `UnknownBenchmark: must be one of ${Object.keys(MEASURES).join(', ')}, got '${asked}'; choose one, or none for all`,
  );
  process.exitCode = 1;
} else {
  for (const [name, measure] of Object.entries(MEASURES)) if (asked === undefined || asked === name) await measure();
}
