import { vi } from 'vitest';
import { NEW_OPTIONAL_COLUMN } from '../../../prove/contracts-change/changes/columns.ts';
import { CHANGED_EVENT_ID } from '../../../prove/contracts-change/changes/keys-and-places.ts';
import type { ContractChange } from '../../../prove/contracts-change/change.ts';
import { columnsChange } from '../../../prove/contracts-change/columns-change.ts';
import { keysAndPlacesChange } from '../../../prove/contracts-change/keys-and-places-change.ts';
import { protectionsChange } from '../../../prove/contracts-change/protections-change.ts';
import { liveThrough } from '../../../prove/contracts-change/side-by-side.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test.each([columnsChange, keysAndPlacesChange, protectionsChange])('$id', async ({ prove }) => {
  expect(await prove('quick')).toMatch(/^\d+ changes judged, 1 lived through: 80 events, 0 of them quarantined, in 7 readings$/);
});

test('fails when the function comes before its table, and when ids of two versions are taken for each other', async () => {
  const [first, second] = CHANGED_EVENT_ID.versions;
  const both: ContractChange = {
    ...CHANGED_EVENT_ID,
    versions: [first, { ...second, columns: [...second.columns, ...NEW_OPTIONAL_COLUMN.versions[0].columns] }],
  };
  const { findings } = await liveThrough(both, { events: 4, order: ['function', 'catalog'], knowsReleases: false });
  expect(new Set(findings.map((finding) => finding.replaceAll(/event \d+/g, 'event')))).toEqual(
    new Set([
      "changed-event-id: event of producer 2.0.0, judged by 2.0.0, read by 2.0.0: 'note' is not what was meant",
      "changed-event-id: event of producer 2.0.0, judged by 2.0.0, read by 2.0.0: 'note' is shown in no column of that meaning",
      'changed-event-id: event is neither shown nor quarantined',
    ]),
  );
});
