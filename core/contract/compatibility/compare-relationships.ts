import type { Relationship } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change } from './change.ts';
import { unmatched } from './unmatched.ts';

const said = ({ columns, to }: Relationship): string =>
  `${columns.join(', ')} to ${to.domain}.${to.dataset} (${to.columns.join(', ')})`;

/** Promises that a value is found elsewhere: readers join on them, and a join that finds nothing drops the row in silence. */
export function compareRelationships(
  before: readonly Relationship[],
  after: readonly Relationship[],
  path: string,
): readonly Change[] {
  const { gone, come } = unmatched(before, after);
  return [
    ...gone.map((relationship) =>
      breaking(
        'RelationshipRemoved',
        path,
        ['readers'],
        `${said(relationship)} is no longer promised: joins on it may lose rows`,
        'agree on it with the readers who join on it',
      ),
    ),
    ...come.map((relationship) =>
      additive(
        'RelationshipAdded',
        path,
        `${said(relationship)} is promised`,
        'nothing is refused at the door; see that stored rows hold to it',
      ),
    ),
    ...(gone.length + come.length === 0 && !same(before, after)
      ? [metadata('RelationshipsReordered', path, 'the same relationships are listed in another order')]
      : []),
  ];
}
