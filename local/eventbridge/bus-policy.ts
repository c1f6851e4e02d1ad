import type { Members } from '../input.ts';

/** The statements of a bus's policy, by their ids. */
export type EventPolicy = Map<string, object>;

/** The document of a bus's policy; undefined where it says nothing. */
export const documentOf = (policy: EventPolicy): object | undefined =>
  policy.size === 0 ? undefined : { Version: '2012-10-17', Statement: [...policy.values()] };

/** Takes a whole document in the place of what a policy says. @throws what `properties` refuses with */
export function takeDocument(policy: EventPolicy, document: Members): void {
  policy.clear();
  for (const [index, statement] of document.objects('Statement').entries())
    policy.set(
      statement.optionalText('Sid') ?? String(index),
      Object.fromEntries(statement.names().map((name) => [name, statement.raw(name)])),
    );
}

/**
 * A statement as a template gives it: whole, or as an account that may put events.
 *
 * @throws what `properties` refuses with
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
 */
export function statementOf(properties: Members, busArn: string): object {
  const Sid = properties.text('StatementId');
  const given = properties.optionalObject('Statement');
  if (given !== undefined) {
    const beside = ['Action', 'Principal', 'Condition'].find((name) => properties.has(name));
    if (beside !== undefined) throw properties.invalid(beside, "must not be there beside 'Statement'");
    return { Sid, ...Object.fromEntries(given.names().map((name) => [name, given.raw(name)])) };
  }
  const principal = properties.text('Principal');
  const condition = properties.optionalObject('Condition')?.only(['Key', 'Type', 'Value']);
  return {
    Sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: properties.text('Action'),
    Resource: busArn,
    ...(condition !== undefined && {
      Condition: { [condition.text('Type')]: { [condition.text('Key')]: condition.text('Value') } },
    }),
  };
}
