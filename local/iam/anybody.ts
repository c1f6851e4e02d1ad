import { isRecord } from '../input.ts';

/**
 * A policy as SNS and SQS read it: to them any AWS principal is everybody, services included. SNS's own examples let CloudWatch in so.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
export function withServices({ Statement, ...document }: Readonly<Record<string, unknown>>): object {
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const isAnybody = (statement: unknown): statement is object =>
    isRecord(statement) && isRecord(statement.Principal) && [statement.Principal.AWS].flat().includes('*');
  return { ...document, Statement: statements.map((one) => (isAnybody(one) ? { ...one, Principal: '*' } : one)) };
}
