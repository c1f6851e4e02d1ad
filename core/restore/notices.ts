import { databaseName, tableName } from '../naming.ts';
import { literal, query, RETRY, type State } from '../aws/asl.ts';
import type { RestorePlace } from './place.ts';

/** JSONata: what was asked for, as people read it. */
export const DATASET = '$request.domain & "." & $request.dataset';
export const DAYS = '$request.from & " to " & $request.to';

/** JSONata: when the first copy goes. */
export const UNTIL = '$total.until > 0 ? $fromMillis($total.until) : "they expire"';

/** The table that people query, as JSONata: the names of `core/naming`, their variable parts put in at run time. */
const table = (environment: string): string =>
  `"${databaseName(environment, '" & $request.domain & "')}.${tableName('" & $request.dataset & "')}"`;

const publish = (place: RestorePlace, subject: string, message: string): State => ({
  Type: 'Task',
  Resource: `arn:${place.partition}:states:::sns:publish`,
  Arguments: { TopicArn: place.topicArn, Subject: query(`$substring(${subject}, 0, 100)`), Message: query(message) },
  TimeoutSeconds: 60,
  Retry: RETRY,
});

/** Tells what can be queried until when. */
export const tellQueryable = (place: RestorePlace): State =>
  publish(
    place,
    literal(`Headwaters ${place.environment}: restored `) + ` & ${DATASET}`,
    `${DATASET} & ", " & ${DAYS} & ": " & $string($total.objects) & " objects (" & $string($total.bytes) & " bytes) can be queried until " & (${UNTIL})
  & ".\\nQuery the base table " & ${table(place.environment)} & " with dt from '" & $request.from & "' to '" & $request.to & "': the view ends before the days that were cold, and keeps one row for each event, which the table does not.\\nStated price: " & $string($price.usd) & " USD."`,
  );

/** Tells that it failed, by `code` and `cause` of its input. */
export const tellFailure = (place: RestorePlace): State =>
  publish(
    place,
    literal(`Headwaters ${place.environment}: not restored, `) + ' & $states.input.code',
    '"RestoreArchive " & $states.context.Execution.Name & " ended with " & $states.input.code & ": " & $states.input.cause',
  );
