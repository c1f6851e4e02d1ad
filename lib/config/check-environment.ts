import { RemovalPolicy, type Duration } from 'aws-cdk-lib/core';
import { quarterCidr } from '../../constructs/network/quarter-cidr.ts';
import { isEmail } from '../../constructs/operations/email.ts';
import { MOST_SHARDS } from '../../core/cost/meters/kinesis.ts';
import { PLATFORM } from '../../core/cost/platform.ts';
import { LONGEST_LOCK_DAYS } from '../../core/storage/retention-classes.ts';
import { consumers, trust } from './check-roles.ts';
import { shapeFaults } from './environment-shape.ts';
import { zoneCount, type Environment } from './environment.ts';
import { refuseEnvironment } from './refuse-environment.ts';
import { cutoff, type Rule } from './rule.ts';

const NAME = /^[a-z][a-z0-9]{0,11}$/;
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** What AWS takes as a tag's key and value. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_KEY = /^(?!aws:)[\p{L}\p{N}\s_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u;
/** Tags of the platform itself (constructs/domain/tags.ts). */
const OWN_TAGS = 'headwaters:';
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
