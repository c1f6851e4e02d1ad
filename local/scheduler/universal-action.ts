/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`. */
const UNIVERSAL = /^arn:[^:]+:scheduler:::aws-sdk:([^:]+:[^:]+)$/;

/** Actions that only read begin so: Scheduler calls none of them. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html#unsupported-api-actions */
const READS =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet)/;

/** The service and the action that a target names which is no resource: `sqs:sendMessage`; undefined for another. */
export const universalAction = (arn: string): string | undefined => UNIVERSAL.exec(arn)?.[1];

export const onlyReads = (action: string): boolean => READS.test(action.slice(action.indexOf(':') + 1));
