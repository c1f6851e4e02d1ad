import { SizeRoundingBehavior, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { databaseName } from '../../core/naming.ts';
import { InvalidProps } from '../invalid-props.ts';
import type { ConsumerProps } from './consumer.ts';

/** A rule, and what is said where it is broken. */
type Rule = readonly [isHeld: boolean, code: string, fault: string];

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
const WORKGROUP = { signs: /^[a-zA-Z0-9._-]+$/, longest: 128 } as const;
/** What contracts call a domain; any other sign would be a pattern to IAM, or a name that Athena does not take. */
const DOMAIN = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_DatabaseInput.html */
const LONGEST_DATABASE = 255;
/** In bytes. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const LEAST_CUTOFF = 10_000_000;
/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html */
const STATEMENT = /^[a-zA-Z_][a-zA-Z0-9_@:]{1,255}$/;
/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html */
const LONGEST_QUESTION = 128;

/** `headwaters-<environment>-<group>`: what a query must name. */
export const workGroupName = ({ environment, group }: Pick<ConsumerProps, 'environment' | 'group'>): string =>
  `headwaters-${environment}-${group}`;

/** Refuses what IAM, Glue or Athena would refuse, or take for a pattern. @throws {@link InvalidProps} */
export function refuseConsumer(scope: IConstruct, props: ConsumerProps): void {
  const broken = [...nameRules(props), ...domainRules(props), ...curatedRules(props), ...questionRules(props)].find(
    ([isHeld]) => !isHeld,
  );
  if (broken !== undefined) throw new InvalidProps(broken[1], scope, broken[2]);
}

const nameRules = ({ environment, group, scanCutoff }: ConsumerProps): Rule[] => [
  [
    Token.isUnresolved(group) || WORKGROUP.signs.test(group),
    'BadGroup',
    `'group' must be letters, digits, '.', '_' and '-', got '${group}'; rename it`,
  ],
  [
    Token.isUnresolved(group) || workGroupName({ environment, group }).length <= WORKGROUP.longest,
    'BadGroup',
    `'group' must make a workgroup's name of at most ${WORKGROUP.longest} characters, got '${workGroupName({ environment, group })}'; shorten it`,
  ],
  [
    scanCutoff.isUnresolved() || scanCutoff.toBytes({ rounding: SizeRoundingBehavior.NONE }) >= LEAST_CUTOFF,
    'ScanCutoffTooSmall',
    `'scanCutoff' must be at least 10 MB, got ${scanCutoff.toString()}; raise it`,
  ],
  [
    scanCutoff.isUnresolved() || Number.isInteger(scanCutoff.toBytes({ rounding: SizeRoundingBehavior.NONE })),
    'ScanCutoffNotWhole',
    `'scanCutoff' must be whole bytes, got ${scanCutoff.toString()}; give it in a smaller unit`,
  ],
];

const domainRules = ({ environment, domains = [] }: ConsumerProps): Rule[] =>
  domains
    .filter((domain) => !Token.isUnresolved(domain))
    .flatMap((domain): Rule[] => [
      [
        DOMAIN.test(domain),
        'BadDomain',
        `'domains' must be names of lower-case letters, digits and single underscores, got '${domain}'; name it as its contracts do`,
      ],
      [
        databaseName(environment, domain).length <= LONGEST_DATABASE,
        'BadDomain',
        `'domains' must make databases' names of at most ${LONGEST_DATABASE} characters, got '${domain}'; shorten it`,
      ],
    ]);

const curatedRules = ({ domains = [], curatedDomains = [] }: ConsumerProps): Rule[] =>
  curatedDomains.map((domain) => [
    domains.includes(domain),
    'UnknownDomain',
    `'curatedDomains' must be of 'domains', got '${domain}'; add it there, or leave it out`,
  ]);

function questionRules({ namedQueries = [] }: ConsumerProps): Rule[] {
  const ids = namedQueries.map(({ id }) => id);
  return namedQueries.flatMap(({ id, name, statementName, parameters }, index): Rule[] => [
    [ids.indexOf(id) === index, 'QuestionTwice', `'namedQueries' must be told apart by their ids, got '${id}' twice; rename one`],
    parameters.length > 0
      ? [
          STATEMENT.test(statementName),
          'BadStatementName',
          `'namedQueries' with parameters must be called by 2 to 256 letters, digits and underscores, got '${statementName}'; rename it`,
        ]
      : [
          name !== '' && name.length <= LONGEST_QUESTION,
          'BadQuestionName',
          `'namedQueries' must have names of 1 to ${LONGEST_QUESTION} characters, got ${name.length} in '${id}'; rename it`,
        ],
  ]);
}
