import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toReleased } from '../../core/contract/compatibility/released.ts';
import { notesOf } from '../../core/contract/explain/notes.ts';
import { releasedFile } from '../../core/contract/read-file.ts';
import { counted } from '../../core/counted.ts';
import { CommandError } from '../command-error.ts';
import { isInside, namedContracts, type NamedContract } from './named-contracts.ts';
import { noteLines } from './note-lines.ts';
import { openMarks } from './open-marks.ts';
import type { Out } from '../output.ts';
import { projectAround, type Project } from '../project.ts';

/** Writes every version that was not released before. @throws {@link CommandError} `OutsideContracts`, `StillDraft` */
export function releaseContracts(files: readonly string[], json: boolean, out: Out): void {
  const project = projectAround(process.cwd());
  const written: string[] = [];
  const noted: NamedContract[] = [];
  const { contracts: found } = namedContracts(project, files);
  for (const named of found) {
    refuseOutside(project, named);
    refuseUnsettled(named);
  }
  for (const named of found) {
    const { contract } = named;
    const file = path.join(project.contracts, releasedFile(contract));
    if (existsSync(file)) continue; // the same, or the check before would have refused it
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, toReleased(contract));
    renameSync(`${file}.new`, file);
    written.push(path.relative(process.cwd(), file));
    noted.push(named);
  }
  if (json) out.line(JSON.stringify({ released: written, notes: noted.flatMap(notesWithFile) }));
  else if (written.length === 0) out.line('every version was released before: nothing was written');
  else
    out.line(
      [
        ...noted.flatMap(noteLines),
        ...written,
        `${counted(written.length, 'version')} released: commit ${written.length === 1 ? 'it' : 'them'}`,
      ].join('\n'),
    );
}

const notesWithFile = ({ source, contract, since }: NamedContract) =>
  notesOf(contract, since).map((note) => ({ file: source, ...note }));

/** What lies elsewhere is judged alone: nothing holds it to what was released. @throws {@link CommandError} `OutsideContracts` */
function refuseOutside(project: Project, { source, contract, file }: NamedContract): void {
  if (!isInside(project, file))
    throw new CommandError(
      'OutsideContracts',
      `'${source}' must lie in 'contracts/' to be released; move it to 'contracts/${contract.domain}/'`,
    );
}

/** A release is a promise: what is guessed, or said to be a draft, is none. @throws {@link CommandError} `StillDraft` */
function refuseUnsettled({ source, contract, file }: NamedContract): void {
  const marks = openMarks(file);
  if (marks !== undefined)
    throw new CommandError(
      'StillDraft',
      `'${source}:${marks.firstLine}' must be settled before a release: ${counted(marks.count, 'guess', 'guesses')} of 'contracts init' to confirm; take the marks away with what they ask`,
    );
  if (contract.status === 'draft')
    throw new CommandError(
      'StillDraft',
      `'${source}' must not be a draft to be released; write 'status: active' once it may be relied on`,
    );
}
