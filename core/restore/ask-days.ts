import { ERROR_LINE, query, RETRY, type State } from '../aws/asl.ts';
import { CHILD, READ_PAGE, listPage } from './list-day.ts';
import type { RestorePlace } from './place.ts';

/** Lists anew and takes what still needs it: so an object that another run asked for is not asked for again. */
const NEEDED = `( ${READ_PAGE} [$page[standing in ["frozen", "short"]].key] )`;

/**
 * S3 answers 409 while it restores. Java's SDK, which Step Functions calls by, has no class for it, so that only the text tells; where the text
 * should change, the next round finds the object underway and leaves it.
 *
 * @see https://github.com/aws/aws-sdk-java-v2/issues/2272
 */
const REFUSAL = `$contains($string($states.errorOutput.Cause), /already in progress|AlreadyInProgress/) ? "" : ${ERROR_LINE}`;

/** A restore of one object; its output is empty, or the refusal. */
const askForObject = ({ partition, bucket }: RestorePlace): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::aws-sdk:s3:restoreObject`,
  Arguments: {
    Bucket: bucket,
    Key: query('$states.input.key'),
    RestoreRequest: { Days: query('$keepDays'), GlacierJobParameters: { Tier: query('$tier') } },
  },
  TimeoutSeconds: 30,
  Retry: RETRY,
  Catch: [{ ErrorEquals: ['States.ALL'], Output: query(REFUSAL), Next: 'Refused' }],
  Output: query('""'),
  End: true,
});

/**
 * Asks for the objects of each of `$prefixes` that are frozen, or restored for less long than asked, a child execution for each day, and
 * counts them in `$round`. No child fails by a refusal: the other objects are asked for all the same. One whose whole page was refused goes no further.
 *
 * Ten objects at once in twenty children stay under the 1,000 restore requests a second that an account has.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/archival-storage.html
 */
export const askDays = (place: RestorePlace, next: string): State => ({
  Type: 'Map',
  Label: 'AskDays',
  Items: query('$prefixes'),
  ItemSelector: {
    prefix: query('$states.context.Map.Item.Value'),
    keepUntil: query('$wantedUntil'),
    tier: query('$request.tier'),
    keepDays: query('$request.keepDays'),
  },
  MaxConcurrency: 20,
  ToleratedFailurePercentage: 100, // a child that ran out of its five minutes is asked again in the next round
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'AskBegin',
    States: {
      AskBegin: {
        Type: 'Pass',
        Assign: {
          ...CHILD,
          tier: query('$states.input.tier'),
          keepDays: query('$states.input.keepDays'),
          asked: 0,
          refused: 0,
          refusal: query('""'),
        },
        Next: 'AskPage',
      },
      AskPage: listPage(place, {
        assign: { needed: query(NEEDED) },
        next: 'AskForObjects',
        catches: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { refused: query('$refused + 1'), refusal: query(ERROR_LINE) },
            Next: 'AskTally',
          },
        ],
      }),
      AskForObjects: {
        Type: 'Map',
        Items: query('$needed'),
        ItemSelector: { key: query('$states.context.Map.Item.Value') },
        MaxConcurrency: 10,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'AskForObject',
          States: { AskForObject: askForObject(place), Refused: { Type: 'Pass', End: true } },
        },
        Assign: {
          asked: query('$asked + $count([$states.result[$ = ""]])'),
          refused: query('$refused + $count([$states.result[$ != ""]])'),
          refusal: query('( $refusals := [$states.result[$ != ""]]; $count($refusals) > 0 ? $refusals[0] : $refusal )'),
          more: query('$more and ($count($needed) = 0 or $count([$states.result[$ = ""]]) > 0)'),
        },
        Output: {},
        Next: 'AskMore',
      },
      AskMore: { Type: 'Choice', Choices: [{ Condition: query('$more'), Next: 'AskPage' }], Default: 'AskTally' },
      AskTally: {
        Type: 'Pass',
        Output: { asked: query('$asked'), refused: query('$refused'), refusal: query('$refusal') },
        End: true,
      },
    },
  },
  Assign: {
    rounds: query('$rounds + 1'),
    round: {
      asked: query('$sum([$states.result.asked])'),
      refused: query('$sum([$states.result.refused])'),
      refusal: query('( $refusals := [$states.result.refusal[$ != ""]]; $count($refusals) > 0 ? $refusals[0] : "" )'),
      unfinished: query('$count($prefixes) - $count([$states.result.refused])'),
    },
  },
  Output: {},
  Next: next,
});
