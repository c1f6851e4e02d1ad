import type { TemplatesCopy } from './copy.ts';

/** A change for the worse, as small as they come. */
export interface Mutant {
  readonly name: string;
  /** Whether it is about who may do what: then the matrix must see it. */
  readonly isAccess: boolean;
  /** Makes the ground that it is about, where the templates have none of it. @default - the templates as they are */
  readonly prepare?: (copy: TemplatesCopy) => void;
  /** @throws NoSite where there is nothing to spoil */
  readonly spoil: (copy: TemplatesCopy) => void;
}
