import { NotSimulated } from '../../../../local/step-functions/language.ts';
import { PathError, PathFault } from '../../../../local/step-functions/jsonpath/path-error.ts';
import { Path } from '../../../../local/step-functions/jsonpath/path.ts';
import type { Answer, Answered, Asked } from './answers.ts';

export interface Judged {
  readonly path: string;
  /** What is answered otherwise, in words; nothing where all is alike. */
  readonly differing: readonly string[];
  /** Why the path is refused here that the library takes. */
  readonly refused?: string;
}

export function judge(asked: Asked, documents: Answered['documents']): Judged {
  const { path } = asked;
  const ours = compiled(path);
  if ('refused' in asked) {
    const differs = ours instanceof Path || ours.isLawful;
    return { path, differing: differs ? [`${path}: taken, and refused by the library: ${asked.refused}`] : [] };
  }
  if (!(ours instanceof Path)) return { path, differing: [], refused: ours.reason };
  const differing = asked.answers.flatMap(([place, theirs]) => {
    const [one, other] = [answerOf(ours, documents[place]), theirs].map(shown);
    return one === other ? [] : [`${path} of ${JSON.stringify(documents[place])}\n  ours:   ${one}\n  Jayway: ${other}`];
  });
  return { path, differing: ours.definite === asked.definite ? differing : [`${path}: definite?`, ...differing] };
}

interface Refusal {
  /** Whether AWS takes it, as far as is known. */
  readonly isLawful: boolean;
  readonly reason: string;
}

function compiled(path: string): Path | Refusal {
  try {
    return new Path(path);
  } catch (error) {
    if (!(error instanceof NotSimulated || error instanceof PathFault)) throw error;
    return { isLawful: error instanceof NotSimulated, reason: error.message.replace(/(?:, got|:) '.*$/s, '') };
  }
}

function answerOf(path: Path, document: unknown): Answer {
  try {
    return { value: path.read(document) ?? null };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { error: `${error.isAbsence ? 'PathNotFoundException' : 'InvalidPathException'}: ${error.message}` };
  }
}

const shown = (answer: Answer): string => ('error' in answer ? answer.error : JSON.stringify(answer.value));
