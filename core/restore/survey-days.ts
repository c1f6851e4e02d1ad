import { query, type State } from '../aws/asl.ts';
import { CHILD, READ_PAGE, listPage } from './list-day.ts';
import type { RestorePlace } from './place.ts';

/** What is counted of each day, and of all. */
const COUNTED = [
  'pages',
  'objects',
  'bytes',
  'flexible',
  'flexibleBytes',
  'deep',
  'deepBytes',
  'underway',
  'short',
  'shortBytes',
] as const;

const NOTHING = { ...Object.fromEntries(COUNTED.map((name) => [name, 0])), until: 0 };

/** Adds a page: `flexible` and `deep` are the frozen objects of the two archives, `until` when the first restored copy goes (0: none). */
const ADD_PAGE = `( ${READ_PAGE}
  $frozen := [$page[standing = "frozen"]];
  $flexible := [$frozen[class = "GLACIER"]];
  $deep := [$frozen[class = "DEEP_ARCHIVE"]];
  $short := [$page[standing = "short"]];
  $copies := [$page[standing in ["short", "restored"]].until];
  $until := $min([$copies, $tally.until > 0 ? $tally.until : []]);
  {
    "pages": $tally.pages + 1,
    "objects": $tally.objects + $count($page),
    "bytes": $tally.bytes + $sum([$page.size]),
    "flexible": $tally.flexible + $count($flexible),
    "flexibleBytes": $tally.flexibleBytes + $sum([$flexible.size]),
    "deep": $tally.deep + $count($deep),
    "deepBytes": $tally.deepBytes + $sum([$deep.size]),
    "underway": $tally.underway + $count([$page[standing = "underway"]]),
    "short": $tally.short + $count($short),
    "shortBytes": $tally.shortBytes + $sum([$short.size]),
    "until": $exists($until) ? $until : 0
  } )`;

const ADD_DAYS = `( $days := [$states.result]; $until := $min([$days.until[$ > 0]]);
  { ${COUNTED.map((name) => `"${name}": $sum([$days.${name}])`).join(', ')}, "until": $exists($until) ? $until : 0 } )`;

/**
 * Counts what lies under each of `$prefixes`, a child execution for each day, into `$total`. `name` tells this survey's states from
 * another's, since a name stands once in a definition. A survey reads; so a Map that failed is run again as it is.
 */
export const surveyDays = (place: RestorePlace, { name, next }: { readonly name: string; readonly next: string }): State => ({
  Type: 'Map',
  Label: name,
  Items: query('$prefixes'),
  ItemSelector: { prefix: query('$states.context.Map.Item.Value'), keepUntil: query('$wantedUntil') },
  MaxConcurrency: 20,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: `${name}Begin`,
    States: {
      [`${name}Begin`]: { Type: 'Pass', Assign: { ...CHILD, tally: NOTHING }, Next: `${name}Page` },
      [`${name}Page`]: listPage(place, { assign: { tally: query(ADD_PAGE) }, next: `${name}More` }),
      [`${name}More`]: {
        Type: 'Choice',
        Choices: [{ Condition: query('$more'), Next: `${name}Page` }],
        Default: `${name}Tally`,
      },
      [`${name}Tally`]: { Type: 'Pass', Output: query('$tally'), End: true },
    },
  },
  Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, BackoffRate: 2, MaxAttempts: 3, JitterStrategy: 'FULL' }],
  Assign: { total: query(ADD_DAYS) },
  Output: {},
  Next: next,
});
