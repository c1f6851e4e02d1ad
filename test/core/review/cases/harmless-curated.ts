import type { Case } from './case.ts';
import { curatedTable, foldSchedule, redefine } from './curated.ts';

/** What a curated table evolves by: nothing in it is lost. */
export const HARMLESS_CURATED: readonly Case[] = [
  {
    name: 'a curated table gets one more column',
    edit: (platform) => {
      redefine(curatedTable(platform), ({ columns }) => columns.push({ name: 'note', type: 'string', required: false }));
    },
  },
  {
    name: 'a curated table and its columns are described in other words',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => {
        definition.description = 'in other words';
        for (const column of definition.columns) column.comment = 'in other words';
      });
    },
  },
  {
    name: 'a curated table has another owner',
    edit: (platform) => {
      redefine(curatedTable(platform), ({ properties }) => (properties['headwaters.owner'] = 'somebody@example.com'));
    },
  },
  {
    name: 'an integer of a curated table is widened',
    edit: (platform) => {
      redefine(curatedTable(platform), ({ columns }) =>
        Object.assign(columns.find(({ type }) => type === 'int') ?? {}, { type: 'long' }),
      );
    },
  },
  {
    name: 'a curated table is folded each day, in place of each Sunday',
    edit: (platform) => {
      foldSchedule(platform).properties.ScheduleExpression = 'cron(31 0 * * ? *)';
    },
  },
];
