import { PathError, PathFault } from './path-error.ts';
import { Path } from './path.ts';

export { PathError, PathFault };

/** Where paths begin. */
export interface Scope {
  /** `$` */
  readonly root: unknown;
  /** `$$` */
  readonly context: unknown;
  /** `$name` */
  readonly variables: Readonly<Record<string, unknown>>;
}

const BEGINNING = /^\$(\$|[\p{L}_][\p{L}\p{N}_]*)?/u;

/** There is nothing to apply a path to. */
export class NothingGiven extends PathError {
  constructor() {
    super('Unable to apply Path transformation to null or empty input.');
  }
}

/** A path from the input, the context, or a variable on. */
export class Query {
  private readonly beginning: string;
  private readonly path: Path;

  /** @throws PathFault */
  constructor(readonly text: string) {
    const [all, beginning = ''] = BEGINNING.exec(text) ?? [];
    if (all === undefined) throw new PathFault(`begins with '$', got '${text}'`);
    this.beginning = beginning;
    this.path = new Path(`$${text.slice(all.length)}`);
  }

  get isReference(): boolean {
    return this.path.steps !== undefined;
  }

  /** Whether it begins at `$`. */
  get isOfInput(): boolean {
    return this.beginning === '';
  }

  /** The way from the input on, of a reference path. */
  get steps(): readonly (string | number)[] {
    return this.path.steps ?? [];
  }

  /** As AWS names it: without what it begins with. */
  get within(): string {
    return this.path.text;
  }

  /** @throws PathError */
  read(scope: Scope): unknown {
    const value = this.soughtIn(scope);
    if (value === undefined) throw new PathError(`No results for path: $${this.beginning}`, true);
    if (value === null && this.beginning === '') throw new NothingGiven();
    return this.path.read(value);
  }

  /** What it is sought in; for a variable that nobody assigned, undefined. */
  soughtIn({ root, context, variables }: Scope): unknown {
    if (this.beginning === '') return root;
    return this.beginning === '$' ? context : Object.hasOwn(variables, this.beginning) ? variables[this.beginning] : undefined;
  }
}
