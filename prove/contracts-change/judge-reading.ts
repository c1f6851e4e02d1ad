import type { ContractChange, Fact, Produced, ProofColumn, ProofVersion, Rejected, Row } from './change.ts';

export interface Reading {
  /** The version whose view was read. */
  readonly view: ProofVersion;
  readonly rows: readonly Row[];
  readonly rejected: readonly Rejected[];
  /** Whether nothing is on its way any more: then each event is in one place. */
  readonly settled: boolean;
  /** Milliseconds on the platform's clock. */
  readonly time: number;
}

const DAY = 24 * 3_600_000;

const TOKEN = { hash: /^[0-9a-f]{64}$/, tokenize: /^tok_[\w-]{22}$/ } as const;

/**
 * What is lost or misread: each row against what its producer meant and the version that judged it, by rules of the proof's own. Nothing of
 * the product's judge, view or comparison is asked.
 */
export function judgeReading(change: ContractChange, produced: readonly Produced[], reading: Reading): string[] {
  const { rows, rejected, settled, time } = reading;
  const rowsOf = groupBy(rows, ({ serial }) => String(serial));
  const rejectsOf = groupBy(rejected, ({ sha256 }) => sha256);
  const findings: string[] = [];
  const find = (serial: number | string, what: string) => findings.push(`event ${serial} ${what}`);
  for (const event of produced) {
    const { serial, producer } = event;
    const found = rowsOf.get(String(serial)) ?? [];
    const rejects = rejectsOf.get(event.sha256) ?? [];
    rowsOf.delete(String(serial));
    rejectsOf.delete(event.sha256);
    const age = (time - event.time) / DAY;
    if (age > Math.max(...event.keepDays) + 1 && found.length > 0) find(serial, 'is shown after it has expired');
    if (settled && age < Math.min(...event.keepDays) - 1 && found.length + rejects.length === 0)
      find(serial, 'is neither shown nor quarantined');
    if (found.length > 0 && rejects.length > 0) find(serial, 'is both shown and quarantined');
    if (found.length > 1) find(serial, `is shown ${found.length} times`);
    for (const row of found) {
      const judge = versionOf(change, row['_contract_version']);
      if (judge === undefined || !event.judges.includes(judge.version))
        find(serial, `says it was judged by ${row['_contract_version'] ?? 'nobody'}, which was not live`);
      else {
        if (refusal(change, producer, judge, serial) !== undefined)
          find(serial, `was accepted by ${judge.version}, which must refuse it`);
        findings.push(...misread(event, judge, reading.view, row));
      }
    }
    for (const { reason, version } of rejects) {
      const judge = versionOf(change, version);
      const expected = judge === undefined ? undefined : refusal(change, producer, judge, serial);
      if (judge === undefined || !event.judges.includes(judge.version))
        find(serial, `was refused by ${version}, which was not live`);
      else if (reason !== expected) find(serial, `was refused by ${version} as ${reason}, must be ${expected ?? 'accepted'}`);
    }
  }
  for (const serial of rowsOf.keys()) find(serial, 'is shown and was never produced');
  for (const sha256 of rejectsOf.keys()) find(sha256, 'is quarantined and was never produced');
  return [...findings, ...ambiguousTokens(change, produced, reading)];
}

const versionOf = ({ versions }: ContractChange, version: string | null | undefined): ProofVersion | undefined =>
  versions.find((one) => one.version === version);

const refusal = (
  { refusals = [] }: ContractChange,
  producer: ProofVersion,
  judge: ProofVersion,
  serial: number,
): string | undefined =>
  refusals.find(({ of, by, when = () => true }) => of.includes(producer.version) && by.includes(judge.version) && when(serial))
    ?.reason;

/** What of a producer's facts the judging version stored, each under the name that both know it by. */
const storedOf = (producer: ProofVersion, judge: ProofVersion) =>
  producer.columns.flatMap((sent) => {
    const stored = judge.columns.find(({ name, meaning }) => name === sent.name && meaning === sent.meaning);
    return stored === undefined || stored.protection === 'drop' ? [] : [{ sent, stored }];
  });

function misread({ serial, producer }: Produced, judge: ProofVersion, view: ProofVersion, row: Row): string[] {
  const stored = storedOf(producer, judge);
  const at = `event ${serial} of producer ${producer.version}, judged by ${judge.version}, read by ${view.version}`;
  const findings: string[] = [];
  const shown = (column: ProofColumn, name: string): boolean => {
    const fact = column.fact(serial);
    const { protection } = stored.find(({ sent }) => sent === column)?.stored ?? {};
    return isShown(row[name] ?? null, fact, protection);
  };
  const readable = view.columns.filter(({ protection }) => protection !== 'drop');
  for (const { name, meaning } of readable) {
    const held = stored.find(({ sent }) => sent.name === name && sent.meaning === meaning);
    const right = held === undefined ? (row[name] ?? null) === null : shown(held.sent, name);
    if (!right) findings.push(`${at}: '${name}' is not what was meant`);
  }
  for (const { sent } of stored) {
    const places = readable.filter(({ meaning }) => meaning === sent.meaning);
    const alike = stored.filter((other) => other.sent.meaning === sent.meaning).map((other) => other.sent);
    const isRead = places.some(({ name }) => alike.some((column) => column.name === name && shown(column, name)));
    if (places.length > 0 && sent.fact(serial) !== undefined && !isRead)
      findings.push(`${at}: '${sent.meaning}' is shown in no column of that meaning`);
  }
  const inClear = new Set(
    stored.filter(({ stored: { protection } }) => protection === undefined).map(({ sent }) => sent.meaning),
  );
  for (const { sent } of stored.filter((one) => !inClear.has(one.sent.meaning))) {
    const clear = sent.fact(serial)?.shown;
    if (clear !== undefined && Object.values(row).includes(clear)) findings.push(`${at}: '${sent.name}' is shown in clear`);
  }
  return findings;
}

function isShown(cell: string | null, fact: Fact | undefined, protection: ProofColumn['protection']): boolean {
  if (fact === undefined || cell === null) return fact === undefined && cell === null;
  switch (protection) {
    case undefined:
      return cell === fact.shown;
    case 'mask':
      return cell === `***${fact.shown.slice(fact.shown.lastIndexOf('@'))}`; // the facts of a masked column are e-mails
    case 'hash':
    case 'tokenize':
      return TOKEN[protection].test(cell);
    case 'drop':
      return false;
  }
}

/** A token stands for one value, and a value has one token: else joins find nothing, or what does not belong together. */
function ambiguousTokens(change: ContractChange, produced: readonly Produced[], { view, rows }: Reading): string[] {
  const events = new Map(produced.map((event) => [String(event.serial), event]));
  const pairs = rows.flatMap((row) => {
    const event = events.get(String(row.serial));
    const judge = versionOf(change, row['_contract_version']);
    if (event === undefined || judge === undefined) return [];
    return storedOf(event.producer, judge).flatMap(({ sent, stored }) => {
      const cell = row[stored.name];
      const clear = sent.fact(event.serial)?.shown;
      const isToken = stored.protection === 'hash' || stored.protection === 'tokenize';
      const isRead = view.columns.some(({ name }) => name === stored.name);
      return isToken && isRead && clear !== undefined && typeof cell === 'string'
        ? [{ clear: `${stored.protection} ${clear}`, cell, name: stored.name }]
        : [];
    });
  });
  const ambiguous = (key: 'clear' | 'cell', value: 'clear' | 'cell') =>
    [...groupBy(pairs, (pair) => pair[key]).values()].filter((group) => new Set(group.map((pair) => pair[value])).size > 1);
  return [...ambiguous('clear', 'cell'), ...ambiguous('cell', 'clear')].map(
    ([first]) => `a token of '${first?.name ?? ''}' does not stand for one value`,
  );
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
