/**
 * A member of an API as Java's SDK spells it, with a capital: `ARN` becomes `Arn`, `stateMachineArn` `StateMachineArn`; `ETag` stays.
 *
 * @see https://github.com/aws/aws-sdk-java-v2/blob/master/codegen/src/main/java/software/amazon/awssdk/codegen/naming/DefaultNamingStrategy.java
 */
export function javaName(member: string): string {
  const [leading = ''] = /^[A-Z]+/.exec(member) ?? [];
  const acronym = leading.length < member.length && /^[a-z]/.test(member.slice(leading.length)) ? leading.slice(0, -1) : leading;
  const lowered = acronym.length > 1 ? acronym.toLowerCase() + member.slice(acronym.length) : member;
  return lowered.charAt(0).toUpperCase() + lowered.slice(1);
}

/** The class of an error in Java's SDK: `KMSInvalidStateException` becomes `KmsInvalidStateException`, `InvalidToken` `InvalidTokenException`. */
export function exceptionName(code: string): string {
  const words = code.replace(/(?:Fault|Exception)$/, '').replace(/[A-Z]+(?=[A-Z][a-z]|$)/g, capitalized);
  return `${words}Exception`;
}

const capitalized = (acronym: string): string => acronym.charAt(0) + acronym.slice(1).toLowerCase();
