import type { Request } from '../statements/account.ts';
import { declared, listAt, member, ofType, onBehalfOf, sessionOf, textAt, type Declare } from './declared.ts';

/**
 * A rule becomes the role of a target and starts it.
 *
 * @throws RangeError for a target that nobody looked at
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html#eb-target-permissions
 */
export const schedules: Declare = (standing) =>
  declared(
    'a rule starts what is due',
    ofType(standing, 'AWS::Events::Rule')
      .filter((rule) => textAt(rule, 'ScheduleExpression') !== undefined)
      .flatMap((rule) =>
        listAt(rule, 'Targets').flatMap((target): readonly Request[] => {
          const [arn, roleArn] = [String(member(target, 'Arn')), String(member(target, 'RoleArn'))];
          if (!arn.includes(':stateMachine:')) throw new RangeError(`what a rule asks of '${arn}' is not known; add it`);
          return [
            {
              principal: { service: 'events.amazonaws.com' },
              action: 'sts:AssumeRole',
              resource: roleArn,
              context: onBehalfOf(`arn:aws:events:${rule.region}:${rule.account}:rule/${rule.ref}`),
            },
            { principal: sessionOf(roleArn), action: 'states:StartExecution', resource: arn },
          ];
        }),
      ),
  );
