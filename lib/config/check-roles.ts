import { EVERYBODY_READS, type Environment } from './environment.ts';
import { cutoff, type Rule } from './rule.ts';

/**
 * A role or a user by its whole name, or a role of IAM Identity Center, whose name ends in what one cannot know. Elsewhere a pattern would
 * mean more than it seems to, for it does not end at a '/'; under that path nobody but AWS makes a role.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
const PRINCIPAL =
  /^arn:aws[a-z-]*:iam::\d{12}:(?:(?:role|user)\/[\w+=,.@/-]*[\w+=,.@-]|role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_[\w+=,.@-]+_[\w*?]+)$/;
/** Words that constructs and outputs tell apart once the hyphens are gone. */
const GROUP = /^[a-z][a-z0-9]+(-[a-z][a-z0-9]+)*$/;
const LONGEST_GROUP = 40;
const RESERVED = ['analyst', 'auditor'];

/** What groups who ask are called, and that each reads something. */
export function consumers({ consumers: groups = EVERYBODY_READS }: Environment): Rule[] {
  return [
    [groups.length > 0, "'consumers' must hold a group, got none; name one, or leave it out"],
    ...groups.flatMap(({ group, domains = [], datasets = [], scanCutoff }, index): Rule[] => [
      [
        GROUP.test(group) && group.length <= LONGEST_GROUP,
        `'consumers[${index}].group' must be words of two or more lower-case letters and digits, a letter first, with hyphens between them, ${LONGEST_GROUP} characters at most, got '${group}'; rename it`,
      ],
      [
        groups.findIndex((other) => other.group === group) === index,
        `'consumers[${index}].group' must stand once, got '${group}' again; put the two together`,
      ],
      [
        !RESERVED.includes(group),
        `'consumers[${index}].group' must not be one of ${RESERVED.join(', ')}, by which commands know other roles, got '${group}'; rename it`,
      ],
      [
        domains.length + datasets.length > 0,
        `'consumers[${index}]' must read something, got neither 'domains' nor 'datasets' for '${group}'; open something, or take it out`,
      ],
      ...(scanCutoff === undefined ? [] : [cutoff(`consumers[${index}].scanCutoff`, scanCutoff)]),
    ]),
  ];
}

/** Whom roles trust: which roles there are, and how somebody may be named. */
export const trust = ({ trust: needs = [], audit: need, consumers: groups = EVERYBODY_READS }: Environment): Rule[] =>
  needs.flatMap(({ actor, group, domain, dataset, principals }, index): Rule[] => {
    const at = (property: string): string => `'trust[${index}].${property}'`;
    return [
      [
        actor !== 'auditor' || need !== undefined,
        `${at('actor')} must be an actor of the environment, got 'auditor' without 'audit'; add that, or take the entry out`,
      ],
      [
        group === undefined || actor === 'analyst',
        `${at('group')} must be left out for what no group is made of, got '${group ?? ''}' for '${actor}'; take it out`,
      ],
      [
        group === undefined || groups.some((known) => known.group === group),
        `${at('group')} must be a group of 'consumers', got '${group ?? ''}'; name one of ${groups.map((known) => known.group).join(', ')}`,
      ],
      [
        domain === undefined || actor === 'steward' || actor === 'producer',
        `${at('domain')} must be left out for what has one role for all domains, got '${domain ?? ''}' for '${actor}'; take it out`,
      ],
      [
        dataset === undefined || (actor === 'producer' && domain !== undefined),
        `${at('dataset')} must stand beside the 'domain' of a producer, got '${dataset ?? ''}' for '${actor}'${domain === undefined ? ' without one' : ''}; mend it`,
      ],
      [principals.length > 0, `${at('principals')} must name somebody, got nobody; name one, or take the entry out`],
      ...principals.map((principal): Rule => [
        PRINCIPAL.test(principal),
        `${at('principals')} must be ARNs of roles or users, '*' and '?' only in what ends the name of a role of IAM Identity Center, got '${principal}'; mend it`,
      ]),
    ];
  });
