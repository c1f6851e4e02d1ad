import { ServiceError } from '../service.ts';
import type { StateMachineSettings, StatesParts } from './state-machines.ts';

/** What a role needs so that its executions can be logged. @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOGGING = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

/** What a role needs so that Step Functions hears of its jobs. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
const MANAGED_RULE = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/**
 * Asks what a state machine's role must be allowed before there is any execution.
 *
 * @param rules Names of the rules by which Step Functions hears of the jobs that its tasks wait for
 * @throws ServiceError AccessDeniedException for a role that does not trust Step Functions, or may not log, or make such a rule
 */
export function checkRole(
  { access, assume }: Pick<StatesParts, 'access' | 'assume'>,
  { arn, roleArn, logged }: StateMachineSettings,
  rules: readonly string[],
): void {
  const caller = orDenied(
    () => assume(roleArn, arn),
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role',
  );
  for (const action of logged ? LOGGING : []) {
    orDenied(() => {
      access.check(caller, action, '*');
    }, 'The state machine IAM Role is not authorized to access the Log Destination');
  }
  const ofEvents = arn.replace(':states:', ':events:').replace(/:stateMachine:.*$/, '');
  for (const rule of rules) {
    for (const action of MANAGED_RULE) {
      orDenied(() => {
        access.check(caller, action, `${ofEvents}:rule/${rule}`);
      }, `'${roleArn}' is not authorized to create managed-rule.`);
    }
  }
}

/** In AWS's words, and in those that name role, action and resource. */
function orDenied<Result>(ask: () => Result, message: string): Result {
  try {
    return ask();
  } catch (error) {
    throw error instanceof ServiceError ? new ServiceError('AccessDeniedException', `${message}: ${error.message}`) : error;
  }
}
