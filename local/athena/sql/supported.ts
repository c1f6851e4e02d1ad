import { TOPICS } from './functions/index.ts';
import { STATEMENT_KINDS, type StatementKind } from './statement.ts';

export type Topic = keyof typeof TOPICS;

/** What of Athena's SQL runs here, by name: each has at least one tested case, and whatever is not here is refused by name. */
export interface Supported {
  /** Functions in lower case, in order, by topic. */
  readonly functions: Readonly<Record<Topic, readonly string[]>>;
  /** Statements that are read, classified and run. */
  readonly statements: readonly StatementKind[];
}

const sorted = (topic: Topic): readonly string[] => [...TOPICS[topic]].sort();

export const SUPPORTED: Supported = {
  functions: {
    math: sorted('math'), string: sorted('string'), regexp: sorted('regexp'), datetime: sorted('datetime'), json: sorted('json'), array: sorted('array'),
    map: sorted('map'), binary: sorted('binary'), conditional: sorted('conditional'), conversion: sorted('conversion'), aggregate: sorted('aggregate'),
    window: sorted('window'),
  }, // prettier-ignore
  statements: STATEMENT_KINDS,
};

/** Every function's name. */
export const SUPPORTED_FUNCTIONS: ReadonlySet<string> = new Set(Object.values(SUPPORTED.functions).flat());
