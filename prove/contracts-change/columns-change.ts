import type { Claim } from '../claim.ts';
import * as columns from './changes/columns.ts';
import { livedClaim } from './lived-claim.ts';

export const columnsChange: Claim = livedClaim({
  id: 'columns-change',
  says: 'A column that comes, goes, is renamed, narrowed, widened or made required loses no event and shows no other value than was meant, while producer, function and table of two versions are at work.',
  changes: [
    columns.NEW_OPTIONAL_COLUMN,
    columns.RENAMED_COLUMN,
    columns.NARROWED_TYPE,
    columns.NARROWED_RANGE,
    columns.WIDENED_TYPE,
    columns.MADE_REQUIRED,
    columns.VALUE_ADDED,
    columns.VALUE_REMOVED,
    columns.COLUMN_REMOVED,
  ],
});
