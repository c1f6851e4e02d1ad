import { GetObjectCommand } from '@aws-sdk/client-s3';
import { listObjects } from '../../../cli/platform/zones.ts';
import { each, type Scenario } from './scenario.ts';

/** What stands between the class and the dataset in a prefix. */
const errorsOf = (domain: string): string => `_errors/${domain}/`;

/** Stewards look at what lies where, and read what was rejected and why. */
export const steward: readonly Scenario[] = [
  {
    name: 'a steward looks at what lies in the zones',
    run: ({ platform, datasets, as }) =>
      each(datasets, async ({ stewardRoleArn, prefix, contract }) => {
        const { s3 } = await as(stewardRoleArn);
        for (const zone of ['raw', 'clean', 'quarantine'] as const)
          for (const start of [prefix, errorsOf(contract.domain)]) await listObjects(s3, platform.bucket(zone), start);
      }),
  },
  {
    name: 'a steward reads what was rejected',
    run: ({ platform, datasets, operator, as }) =>
      each(datasets, async ({ stewardRoleArn, prefix, contract }) => {
        const { s3 } = await as(stewardRoleArn);
        for (const [zone, start] of [
          ['quarantine', prefix],
          ['quarantine', errorsOf(contract.domain)],
          ['clean', errorsOf(contract.domain)],
        ] as const) {
          const Bucket = platform.bucket(zone);
          const [found] = await listObjects(operator.s3, Bucket, start);
          if (found === undefined) throw new Error(`nothing lies under '${start}' in ${zone}`);
          await s3.send(new GetObjectCommand({ Bucket, Key: found.key }));
        }
      }),
  },
];
