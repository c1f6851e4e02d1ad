import type { DangerousCase } from '../case.ts';
import { curatedTable, CURATED_TABLE, foldSchedule, redefine } from '../curated.ts';
import { drop } from '../finders.ts';

/** A curated table is emptied, spoilt, or no longer folded. */
export const CURATED: readonly DangerousCase[] = [
  {
    name: 'a curated table is gone',
    edit: (platform) => {
      platform.remove(curatedTable(platform));
    },
    dangers: ['ResourceOrphaned'],
  },
  {
    name: 'the construct of a curated table is renamed',
    edit: (platform) => {
      platform.rename(curatedTable(platform), 'RenamedTable');
    },
    dangers: ['LogicalIdChanged'],
  },
  {
    name: 'a curated table no longer outlives its stack',
    edit: (platform) => {
      for (const { resource } of platform.all(CURATED_TABLE)) drop(resource as never, 'DeletionPolicy');
    },
    dangers: ['DeletionPolicyWeakened'],
  },
  {
    name: 'a curated table is taken from the catalog with its stack',
    edit: (platform) => {
      curatedTable(platform).properties.DeleteWithStack = 'true';
    },
    dangers: ['DeletionPolicyWeakened'],
  },
  {
    name: 'a curated table gets another name',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => (definition.tableName = 'renamed'));
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a curated table moves to another prefix',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => (definition.location += '_new'));
    },
    dangers: ['TableMoved'],
  },
  {
    name: 'a curated table gets another key',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => (definition.key = []));
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'a column of a curated table is gone',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => definition.columns.splice(3, 1));
    },
    dangers: ['ColumnDropped'],
  },
  {
    name: 'a column of a curated table gets another type',
    edit: (platform) => {
      redefine(curatedTable(platform), (definition) => Object.assign(definition.columns[3] ?? {}, { type: 'int' }));
    },
    dangers: ['ColumnTypeChanged'],
  },
  {
    name: 'another function makes the curated tables',
    edit: (platform) => {
      curatedTable(platform).properties.ServiceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:any';
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'a curated table is no longer folded',
    edit: (platform) => {
      foldSchedule(platform).properties.State = 'DISABLED';
    },
    dangers: ['ProcessStopped'],
  },
  {
    name: 'a curated table is folded once a month',
    edit: (platform) => {
      foldSchedule(platform).properties.ScheduleExpression = 'cron(31 0 1 * ? *)';
    },
    dangers: ['ProcessDelayed'],
  },
];
