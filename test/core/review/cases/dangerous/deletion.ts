import type { DangerousCase } from '../case.ts';
import { BUCKET, columnsOf, projected, STREAM } from '../finders.ts';
import { fromStream } from '../givens.ts';
import { part } from '../platform-copy.ts';

/** What holds something goes, or a part of it. */
export const DELETION: readonly DangerousCase[] = [
  {
    name: 'a bucket that is kept leaves the template',
    edit: (platform) => {
      platform.remove(platform.the(BUCKET));
    },
    dangers: ['ResourceOrphaned'],
  },
  {
    name: 'a delivery that is not kept leaves the template',
    edit: (platform) => {
      platform.remove(fromStream(platform));
    },
    dangers: ['ResourceDeleted'],
  },
  {
    name: 'a domain leaves the platform',
    edit: (platform) => {
      platform.removeStack(platform.the(STREAM).stack);
    },
    dangers: ['StackRemoved'],
  },
  {
    name: 'an export is renamed',
    edit: (platform) => {
      const [output] = Object.values(platform.template(platform.foundation).Outputs);
      part(output, 'Export').Name = 'another-name';
    },
    dangers: ['ExportRemoved'],
  },
  {
    name: 'a column leaves a table',
    edit: (platform) => {
      columnsOf(projected(platform)).shift();
    },
    dangers: ['ColumnDropped'],
  },
];
