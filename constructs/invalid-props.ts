import type { IConstruct } from 'constructs';

/** A prop that cannot work: says which, what is required, what was got and what to change. The code is stable. */
export class InvalidProps extends Error {
  constructor(
    /** PascalCase; stable. */
    readonly code: string,
    scope: IConstruct,
    message: string,
  ) {
    super(`${scope.node.path}: ${code}: ${message}`);
    this.name = 'InvalidProps';
  }
}
