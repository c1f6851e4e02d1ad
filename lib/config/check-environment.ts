import { RemovalPolicy, SizeRoundingBehavior, type Duration, type Size } from 'aws-cdk-lib/core';
import { quarterCidr } from '../../constructs/network/quarter-cidr.ts';
import { isEmail } from '../../constructs/operations/email.ts';
import { MOST_SHARDS } from '../../core/cost/meters/kinesis.ts';
import { PLATFORM } from '../../core/cost/platform.ts';
import { LONGEST_LOCK_DAYS } from '../../core/storage/retention-classes.ts';
import { shapeFaults } from './environment-shape.ts';
import { EVERYBODY_READS, zoneCount, type Environment } from './environment.ts';
import { refuseEnvironment } from './refuse-environment.ts';

/** A rule, and what is said where it is broken: the value, what it must be, what was got, and what to do. */
type Rule = readonly [isHeld: boolean, fault: string];

const NAME = /^[a-z][a-z0-9]{0,11}$/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** What AWS takes as a tag's key and value. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_KEY = /^(?!aws:)[\p{L}\p{N}\s_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u;
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
/** Tags of the platform itself (constructs/domain/tags.ts). */
const OWN_TAGS = 'headwaters:';
/** Athena's least limit, in bytes. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const LEAST_CUTOFF = 10_000_000;

/** @throws {@link EnvironmentError} `InvalidEnvironment`, naming each value that is wrong */
export function checkEnvironment(environment: Environment): Environment {
  const shape = shapeFaults(environment);
  if (shape.length > 0) refuseEnvironment(environment, shape);
  const rules = [identity, protection, streams, network, audit, logs, consumers, trust, alarms, tags].flatMap((judge) =>
    judge(environment),
  );
  const faults = rules.filter(([isHeld]) => !isHeld).map(([, fault]) => fault);
  if (faults.length > 0) refuseEnvironment(environment, faults);
  return environment;
}

const identity = ({ name, purpose, account, region }: Environment): Rule[] => [
  [NAME.test(name), `'name' must be a lower-case letter and up to 11 letters or digits, got '${name}'; rename it`],
  [purpose.trim() !== '', "'purpose' must say what the environment is for, got nothing; write a few words"],
  [
    account === undefined || ACCOUNT.test(account),
    `'account' must be 12 digits, got '${account ?? ''}'; mend it, or leave it to CDK_DEFAULT_ACCOUNT`,
  ],
  [
    region === undefined || REGION.test(region),
    `'region' must be a region such as eu-central-1, got '${region ?? ''}'; mend it, or leave it to CDK_DEFAULT_REGION`,
  ],
];

const protection = ({ removalPolicy, terminationProtection, region, replicationRegion, rawLock }: Environment): Rule[] => [
  [
    !(terminationProtection && removalPolicy === RemovalPolicy.DESTROY),
    "'removalPolicy' must retain what 'terminationProtection' protects, got DESTROY; retain, or protect nothing",
  ],
  [
    replicationRegion === undefined || REGION.test(replicationRegion),
    `'replicationRegion' must be a region such as eu-central-1, got '${replicationRegion ?? ''}'; mend it, or leave it out`,
  ],
  [
    replicationRegion === undefined || replicationRegion !== region,
    `'replicationRegion' must be another region than 'region', got '${replicationRegion ?? ''}' twice; choose another`,
  ],
  ...(rawLock === undefined ? [] : [within('rawLock', rawLock, 'days', 1, LONGEST_LOCK_DAYS)]),
];

const streams = ({ shards, streamRetention, longestBuffer }: Environment): Rule[] => [
  [
    Number.isInteger(shards) && shards >= 0 && shards <= MOST_SHARDS,
    `'shards' must be a whole number from 0 (on demand) to ${MOST_SHARDS}, got ${shards}; mend it`,
  ],
  within('streamRetention', streamRetention, 'hours', 24, 8760),
  within('longestBuffer', longestBuffer, 'seconds', PLATFORM.shortestBufferSeconds, PLATFORM.longestBufferSeconds),
];

function network({ network: need }: Environment): Rule[] {
  if (need === undefined) return [];
  const { cidr, zones } = need;
  const count = zoneCount(need);
  return [
    [
      quarterCidr(cidr) !== undefined,
      `'network.cidr' must be an IPv4 block of /16 to /26 that begins at its first address, such as 10.20.0.0/24, got '${cidr}'; mend it`,
    ],
    [Number.isInteger(count) && count >= 1 && count <= 4, `'network.zones' must be 1 to 4 zones, got ${count}; mend it`],
    [
      typeof zones === 'number' || new Set(zones).size === zones.length,
      `'network.zones' must name each zone once, got ${String(zones)}; remove what stands twice`,
    ],
  ];
}

function audit({ audit: need }: Environment): Rule[] {
  if (need === undefined) return [];
  const { lockedFor, retention } = need;
  return [
    within('audit.lockedFor', lockedFor, 'days', 1, 3653),
    within('audit.retention', retention, 'days', 1, 3653),
    [
      lockedFor.toDays({ integral: false }) <= retention.toDays({ integral: false }),
      `'audit.lockedFor' must be at most 'audit.retention', got ${lockedFor.toDays({ integral: false })} and ${retention.toDays({ integral: false })} days; shorten it, or keep records longer`,
    ],
  ];
}

const logs = ({ accessLogRetention, resultRetention, scanCutoff }: Environment): Rule[] => [
  within('accessLogRetention', accessLogRetention, 'days', 1, 3653),
  within('resultRetention', resultRetention, 'days', 1, 365),
  cutoff('scanCutoff', scanCutoff),
];

function cutoff(property: string, size: Size): Rule {
  const bytes = size.toBytes({ rounding: SizeRoundingBehavior.NONE });
  return [
    bytes >= LEAST_CUTOFF && Number.isInteger(bytes),
    `'${property}' must be ${LEAST_CUTOFF} whole bytes at least, which is what Athena takes, got ${bytes}; mend it`,
  ];
}

function consumers({ consumers: groups = EVERYBODY_READS }: Environment): Rule[] {
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

const trust = ({ trust: needs = [], audit: need, consumers: groups = EVERYBODY_READS }: Environment): Rule[] =>
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

const alarms = ({ alarms: need, monthlyBudget }: Environment): Rule[] => [
  ...(need?.emails ?? []).map((email): Rule => [
    isEmail(email),
    `'alarms.emails' must be addresses, got '${email}'; mend it, or leave it out`,
  ]),
  [
    new Set(need?.emails).size === (need?.emails.length ?? 0),
    `'alarms.emails' must hold each address once, got ${need?.emails.join(', ') ?? ''}; remove what stands twice`,
  ],
  [
    monthlyBudget === undefined || (Number.isFinite(monthlyBudget) && monthlyBudget > 0),
    `'monthlyBudget' must be USD above 0, got ${monthlyBudget ?? ''}; mend it, or leave it out`,
  ],
  [
    monthlyBudget === undefined || need !== undefined,
    "'monthlyBudget' must have somebody to tell, got no 'alarms'; add them, or leave it out",
  ],
];

const tags = ({ costCentre, tags: given }: Environment): Rule[] => [
  [TAG_VALUE.test(costCentre), `'costCentre' must be what AWS takes as a tag's value, got '${costCentre}'; mend it`],
  ...Object.entries(given).flatMap(([key, value]): Rule[] => [
    [
      TAG_KEY.test(key) && !key.startsWith(OWN_TAGS),
      `'tags' must have keys that AWS takes and that do not begin with 'aws:' or '${OWN_TAGS}', got '${key}'; rename it`,
    ],
    [TAG_VALUE.test(value), `'tags' must have values that AWS takes, got '${value}' for '${key}'; mend it`],
  ]),
];

function within(property: string, value: Duration, unit: 'seconds' | 'hours' | 'days', least: number, most: number): Rule {
  const amount = {
    seconds: () => value.toSeconds({ integral: false }),
    hours: () => value.toHours({ integral: false }),
    days: () => value.toDays({ integral: false }),
  }[unit]();
  return [
    Number.isInteger(amount) && amount >= least && amount <= most,
    `'${property}' must be whole ${unit} from ${least} to ${most}, got ${amount}; mend it`,
  ];
}
