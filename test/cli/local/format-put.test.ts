import { formatPut, type PutResult } from '../../../cli/local/put-events.ts';

const put = { dataset: 'energy.readings', events: 3, records: 1 };

test.each<[PutResult, string]>([
  [put, '3 events of energy.readings were put, in 1 record.'],
  [{ stream: 'taps', events: 1, records: 1 }, '1 event was put into taps, in 1 record.'],
  [
    { ...put, accepted: 1, quarantined: 2, reasons: { 'not-json': 2 } },
    '3 events of energy.readings were put, in 1 record.\n1 can be queried, 2 in quarantine: 2 not-json.',
  ],
  [
    { ...put, accepted: 1, uncounted: ['What is in quarantine is not counted.'] },
    '3 events of energy.readings were put, in 1 record.\n1 can be queried.\nWhat is in quarantine is not counted.',
  ],
  [
    { ...put, quarantined: 0, reasons: {}, uncounted: ['What can be queried is not counted.'] },
    '3 events of energy.readings were put, in 1 record.\n0 in quarantine.\nWhat can be queried is not counted.',
  ],
])('%j is told as %s', (result, text) => {
  expect(formatPut(result)).toBe(text);
});
