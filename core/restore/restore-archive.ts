import { PRICES_AS_OF } from '../cost/prices.ts';
import { askDays } from './ask-days.ts';
import { choose, query, type State, type StateMachineDefinition, type States } from '../aws/asl.ts';
import { findClasses } from './find-classes.ts';
import { checkInput, MAX_USD, MOST_DAYS, REQUEST, WANTED_UNTIL } from './input-rules.ts';
import { DATASET, DAYS, tellFailure, tellQueryable, UNTIL } from './notices.ts';
import { PRICE_TEXT, statePrice } from './state-price.ts';
import { surveyDays } from './survey-days.ts';
import { RESTORE_PRICES } from './tiers.ts';
import type { RestorePlace } from './place.ts';

/** Days of two classes: what a Map takes as items and gives as results, at 250 bytes each, stays under 256 KiB. */
const MOST_PREFIXES = 2 * MOST_DAYS;
/** Rounds of asking. Each must get somewhere, so the bound is met only by days that need more than five minutes a round. */
const MOST_ROUNDS = 10;
const LOOK_AFTER_SECONDS = 3600;
/** Looks until the execution gives up: the slowest restore, 48 hours, and a day. */
const MOST_LOOKS = 72;
/** Surveys, ten rounds and all looks; only then is an execution cut off without a word. */
const LONGEST_SECONDS = 5 * 24 * 3600;

const fail = (code: string, cause: string): State => ({ Type: 'Fail', Error: code, Cause: query(cause) });

const OUTCOME = {
  domain: query('$request.domain'),
  dataset: query('$request.dataset'),
  from: query('$request.from'),
  to: query('$request.to'),
  objects: query('$total.objects'),
  bytes: query('$total.bytes'),
  price: query('$price'),
} as const;

/** From the checked input to the notice; whatever fails in it fails as a whole. */
const restoreDays = (place: RestorePlace): States => ({
  StartAt: 'CheckInput',
  States: {
    ...checkInput('ReadInput'),
    ReadInput: {
      Type: 'Pass',
      Assign: {
        request: REQUEST,
        maxUsd: MAX_USD,
        prices: RESTORE_PRICES,
        wantedUntil: WANTED_UNTIL,
        rounds: 0,
        looks: 0,
      },
      Output: {},
      Next: 'FindClasses',
    },
    FindClasses: findClasses(place, 'ListDays'),
    ListDays: {
      Type: 'Pass',
      Assign: {
        prefixes: query(
          '[$classes.( $class := $; $request.days.($class & "/" & $request.domain & "/" & $request.dataset & "/dt=" & $ & "/") )]',
        ),
      },
      Output: {},
      Next: 'AreDaysFew',
    },
    AreDaysFew: choose(
      [
        ['$count($classes) = 0', 'NoColdData'],
        [`$count($prefixes) > ${MOST_PREFIXES}`, 'TooManyPrefixes'],
      ],
      'SurveyDays',
    ),
    NoColdData: fail(
      'NoColdData',
      `${DATASET} & " must have data in a class that archives, got no object in any; check the two names: a dataset that never gets cold needs no restore"`,
    ),
    TooManyPrefixes: fail(
      'TooManyPrefixes',
      `"one execution restores ${MOST_PREFIXES} days over all classes of a dataset, got " & $string($count($prefixes)) & "; choose fewer days"`,
    ),
    SurveyDays: surveyDays(place, { name: 'SurveyDays', next: 'StatePrice' }),
    StatePrice: statePrice('MayRestore'),
    MayRestore: choose(
      [
        ['$total.objects = 0', 'NothingInDays'],
        ['$maxUsd < 0', 'SayPrice'],
        ['$price.usd > $maxUsd', 'TooDear'],
        ['$price.objects > 0', 'AskDays'],
        ['$total.underway > 0', 'WaitForRestores'],
      ],
      'NotifyQueryable',
    ),
    NothingInDays: fail(
      'NothingInDays',
      `${DATASET} & " must have objects in the days, got none in " & ${DAYS} & "; choose days that arrived and have not expired"`,
    ),
    SayPrice: {
      Type: 'Succeed',
      Output: {
        outcome: 'Priced',
        ...OUTCOME,
        pricesAsOf: PRICES_AS_OF,
        say: query(`${PRICE_TEXT} & "; start again with maxUsd to restore"`),
      },
    },
    TooDear: fail(
      'TooDear',
      `${PRICE_TEXT} & ", over 'maxUsd' " & $string($maxUsd) & "; raise it, or choose fewer days or Bulk"`,
    ),
    AskDays: askDays(place, 'AreAllAsked'),
    AreAllAsked: choose(
      [
        ['$round.refused + $round.unfinished = 0', 'WaitForRestores'],
        [`($round.asked = 0 and $round.unfinished = 0) or $rounds >= ${MOST_ROUNDS}`, 'RestoreRefused'],
      ],
      'WaitToAskAgain',
    ),
    WaitToAskAgain: { Type: 'Wait', Seconds: 60, Next: 'AskDays' },
    RestoreRefused: fail(
      'RestoreRefused',
      `"S3 must take a restore of each object, got " & $string($round.refused) & " refusals and " & $string($round.unfinished) & " unfinished days, the first: " & $round.refusal & "; mend that and start again: what was asked for comes back and is not asked for twice"`,
    ),
    WaitForRestores: { Type: 'Wait', Seconds: LOOK_AFTER_SECONDS, Next: 'CheckDays' },
    CheckDays: surveyDays(place, { name: 'CheckDays', next: 'CountLook' }),
    CountLook: { Type: 'Pass', Assign: { looks: query('$looks + 1') }, Output: {}, Next: 'AreAllBack' },
    AreAllBack: choose(
      [
        ['$total.flexible + $total.deep + $total.underway = 0', 'NotifyQueryable'],
        [`$total.underway = 0 or $looks >= ${MOST_LOOKS}`, 'NotRestored'],
      ],
      'WaitForRestores',
    ),
    NotRestored: fail(
      'NotRestored',
      `"every object must be back, got " & $string($total.underway) & " underway and " & $string($total.flexible + $total.deep) & " not being restored after " & $string($looks) & " hours; start again with the same input: only what is missing is paid for"`,
    ),
    NotifyQueryable: {
      ...tellQueryable(place),
      Output: { outcome: 'Queryable', ...OUTCOME, until: query(UNTIL) },
      End: true,
    },
  },
});

/**
 * `RestoreArchive`: makes cold days of a dataset queryable. It looks at the input, says the price, and only where the price is allowed asks S3 for
 * the objects, waits until all are back and tells the topic (docs/adr/0019).
 */
export const restoreArchive = (place: RestorePlace): StateMachineDefinition => ({
  Comment: `Restores cold days of a dataset of ${place.environment}. Without maxUsd it only says the price.`,
  QueryLanguage: 'JSONata',
  StartAt: 'RestoreDays',
  TimeoutSeconds: LONGEST_SECONDS,
  States: {
    RestoreDays: {
      Type: 'Parallel', // of one branch: the one form that catches what Pass, Choice and Fail throw, too
      Branches: [restoreDays(place)],
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: {
            code: query('$states.errorOutput.Error'),
            cause: query('$exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "no cause was given"'),
          },
          Next: 'NotifyFailure',
        },
      ],
      Output: query('$states.result[0]'),
      End: true,
    },
    NotifyFailure: {
      ...tellFailure(place),
      Catch: [{ ErrorEquals: ['States.ALL'], Output: query('$states.input'), Next: 'Failed' }],
      Output: query('$states.input'),
      Next: 'Failed',
    },
    Failed: { Type: 'Fail', Error: query('$states.input.code'), Cause: query('$states.input.cause') },
  },
});
