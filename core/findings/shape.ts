import { exportSegment, pascalCase } from '../naming.ts';
import { RETENTION_CLASSES } from '../storage/retention-classes.ts';

const CLASSES: ReadonlySet<string> = new Set(RETENTION_CLASSES.map(({ name }) => name));
const REGION = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;

/** Whose resource it is that something was found on. */
export interface Owner {
  /** Segments of stacks' names: its own domain alone, or every domain where the resource serves all. */
  readonly domains: ReadonlySet<string>;
  /** As logical ids write it. @default - the resource is of no dataset */
  readonly dataset?: string | undefined;
}

/**
 * A finding's id as it would be of another owner: its own domain, dataset, retention class and region by what they are. Anything else is kept, above all
 * each `*`: a policy that got wider has another shape, and so has one that reaches into another's domain.
 */
export function shapeOf(id: string, { domains, dataset }: Owner): string {
  const said = new Set<string>();
  const once = (word: string): string => {
    said.add(word);
    return word;
  };
  return id
    .replaceAll(REGION, '<region>')
    .split('/')
    .map((segment) => {
      const database = /^(headwaters_[a-z0-9]+_)(.+)$/.exec(segment);
      if (CLASSES.has(segment)) return '<class>';
      if (database !== null && domains.has(exportSegment(database[2] ?? ''))) return `${database[1] ?? ''}<domain>`;
      if (!said.has('<domain>') && domains.has(exportSegment(segment))) return once('<domain>');
      if (dataset !== undefined && pascalCase(segment) === dataset) return '<dataset>';
      return segment;
    })
    .join('/');
}
