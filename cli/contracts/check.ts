import { ContractError, formatPath, type SourcedFault } from '../../core/contract/fault.ts';
import { counted } from '../../core/counted.ts';
import { contractMeaning } from '../../core/contract/explain/meaning.ts';
import { notesOf } from '../../core/contract/explain/notes.ts';
import { foreseeSlots, type SlotsNote } from './foresee-slots.ts';
import { isInside, namedContracts, type NamedContract, type NamedContracts } from './named-contracts.ts';
import { noteLines } from './note-lines.ts';
import { openMarks } from './open-marks.ts';
import { usd } from './words.ts';
import { withOptionalPeers } from '../optional-peer.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

export interface CheckOptions {
  readonly env: string;
  readonly full: boolean;
  readonly json: boolean;
}

/** Reads contracts with all that bears on them, and prints their faults or what they cause. */
export async function checkContracts(
  files: readonly string[],
  options: CheckOptions,
  out: Out,
  setExitCode: (code: number) => void,
): Promise<void> {
  try {
    const project = projectAround(process.cwd());
    const found = namedContracts(project, files);
    const inside = found.contracts.filter(({ file }) => isInside(project, file));
    const domains = new Set(inside.map(({ contract }) => contract.domain));
    const slots = foreseeSlots(project.contracts, found.all, domains);
    out.line(options.json ? toJson(found, slots, options.env) : await toText(found, slots, options));
  } catch (error) {
    if (!options.json || !(error instanceof ContractError)) throw error;
    out.line(faultsJson(error));
    setExitCode(1);
  }
}

async function toText(
  { contracts: found, elsewhere }: NamedContracts,
  slots: readonly SlotsNote[],
  { env, full }: CheckOptions,
): Promise<string> {
  const meanings = found.map(({ source, contract }) => contractMeaning(source, contract, env));
  const datasets = meanings.flatMap((meaning) => meaning.datasets);
  const total = datasets.reduce((sum, { cost }) => sum + cost.usd, 0);
  const releases = found.map(({ source, contract, since }) => `${source}: ${releaseWords(contract.version, since)}`);
  const [{ formatMeaning }, { table }] = await withOptionalPeers(() =>
    Promise.all([import('../contracts/render-meaning.ts'), import('../table.ts')]),
  );
  const body =
    found.length > 1 && !full
      ? [
          table(
            ['dataset', 'version', 'owner', 'class', 'readable within', 'USD a month'],
            datasets.map(({ name, version, owner, temperatures, delivery, cost }) => [
              name,
              version,
              owner,
              temperatures.retentionClass,
              `${delivery.freshnessSeconds} s`,
              cost.usd.toFixed(2),
            ]),
          ),
        ]
      : meanings.map((meaning) => `${formatMeaning(meaning, new Date())}\n`);
  return [
    ...body,
    ...releases,
    ...found.flatMap((named) => [...openLines(named), ...noteLines(named)]),
    ...slots.map(({ file, code, path, message }) => `${file}: note: ${code}: ${path === '' ? '' : `'${path}' `}${message}`),
    ...elsewhereWords(elsewhere),
    `${counted(found.length, 'contract')}, ${counted(datasets.length, 'dataset')}, no fault; ${usd(total)} a month.`,
  ].join('\n');
}

function releaseWords(version: string, { released, changes }: NamedContract['since']): string {
  if (released === undefined) return `${version}, never released`;
  if (changes.length === 0)
    return version === released.version ? `${version}, as released` : `${version}, the same as the released ${released.version}`;
  return `${version}, ${counted(changes.length, 'change')} since the released ${released.version}`;
}

/** What is lawful, and should not stay as it is. */
function openLines({ source, contract, file }: NamedContract): string[] {
  const marks = openMarks(file);
  return [
    ...(marks === undefined
      ? []
      : [
          `${source}:${marks.firstLine}: note: ${counted(marks.count, 'guess', 'guesses')} of 'contracts init' to confirm, the first here`,
        ]),
    ...(contract.status === 'draft' ? [`${source}: note: its status is draft: it cannot be released before it is 'active'`] : []),
  ];
}

function elsewhereWords(faults: readonly SourcedFault[]): string[] {
  const sources = [...new Set(faults.map(({ source }) => source))];
  return sources.map(
    (source) =>
      `${source}: note: has ${counted(faults.filter((fault) => fault.source === source).length, 'fault')} of its own, which stop a synth: check it too`,
  );
}

const toJson = ({ contracts: found, elsewhere }: NamedContracts, slots: readonly SlotsNote[], env: string): string =>
  JSON.stringify({
    faults: [],
    elsewhere: elsewhere.map(faultJson),
    slots,
    contracts: found.map(({ source, contract, since }) => ({
      ...contractMeaning(source, contract, env),
      ...(since.released === undefined ? {} : { released: since.released.version }),
      changes: since.changes,
      notes: notesOf(contract, since),
    })),
  });

const faultsJson = ({ faults }: ContractError): string => JSON.stringify({ faults: faults.map(faultJson), contracts: [] });

const faultJson = ({ source, position, code, path, message }: SourcedFault) => ({
  file: source,
  ...position,
  code,
  path: formatPath(path),
  message,
});
