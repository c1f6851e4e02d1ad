import type { Catalogue } from './catalogue.ts';
import { groupedBy } from './remember.ts';
import { textOf, type Row } from './rows.ts';

/** A row, and the entry of the log of widenings that let it in. */
export interface GoldenRow extends Row {
  readonly since: string;
}

/** Actions of one kind are counted out up to here; of more than half of them, those that are missing are. */
const MANY = 10;

/** What follows the actions of a line. */
const LINE = /^ {2}(.+?)(?: when (.+?))?(?: only of (.+?))? \[([\w-]+)\]$/;
const EXCEPT = ' but ';

/** Writes rows as people review them: by who may, by what they may do it to. */
export function renderGolden(environment: string, rows: readonly GoldenRow[], catalogue: Catalogue): string {
  const lines = [...groupedBy(rows, ({ actor }) => actor)].flatMap(([actor, ofActor]) => [
    '',
    `## ${actor}`,
    ...[...groupedBy(ofActor, ({ whose, what }) => `${whose}: ${what}`)].flatMap(([place, ofPlace]) => [
      place,
      ...[...groupedBy(ofPlace, ({ when, only, since }) => `${when}\n${only}\n${since}`)].map(([key, alike]) => {
        const [when = '', only = '', since = ''] = key.split('\n');
        return `  ${actionsOf(alike, catalogue)}${when && ` when ${when}`}${only && ` only of ${only}`} [${since}]`;
      }),
    ]),
  ]);
  return `# Who may do what in ${environment}, as the policies of its templates decide it. Whatever is not here is denied.\n${lines.join('\n')}\n`;
}

const kindOf = (what: string): string => /^(\S+:(?:function alias|function version|\S+)|\*)/.exec(what)?.[1] ?? '';

function actionsOf(rows: readonly GoldenRow[], { byKind }: Catalogue): string {
  const kind = kindOf(rows[0]?.what ?? '');
  const own = rows.map(({ action }) => action);
  const missing = (byKind.get(kind) ?? []).filter((action) => !own.includes(action)).sort();
  if (own.length <= MANY || missing.length > own.length) return own.join(', ');
  return missing.length === 0 ? `every action on ${kind}` : `every action on ${kind}${EXCEPT}${missing.join(', ')}`;
}

/**
 * Reads what `renderGolden` wrote.
 *
 * @throws Error for a line of another form
 */
export function parseGolden(text: string, { byKind }: Catalogue): readonly GoldenRow[] {
  const rows: GoldenRow[] = [];
  let actor = '';
  let place = '';
  for (const line of text.split('\n').slice(1)) {
    if (line === '') continue;
    if (line.startsWith('## ')) actor = line.slice(3);
    else if (!line.startsWith('  ')) place = line;
    else {
      const [, said = '', when = '', only = '', since = ''] = LINE.exec(line) ?? [];
      const [, whose = '', what = ''] = /^(.*?): (.*)$/.exec(place) ?? [];
      if (said === '' || what === '') throw new Error(`'${line.trim()}' is no line of a golden list; renew it by RENEW_GOLDEN=1`);
      for (const action of spokenActions(said, byKind.get(kindOf(what)) ?? []))
        rows.push({ actor, whose, what, action, when, only, since });
    }
  }
  return rows.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
}

function spokenActions(said: string, all: readonly string[]): readonly string[] {
  if (!said.startsWith('every action on ')) return said.split(', ');
  const missing = said.split(EXCEPT)[1]?.split(', ') ?? [];
  return all.filter((action) => !missing.includes(action));
}
