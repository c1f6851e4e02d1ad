import { App } from 'aws-cdk-lib/core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readContracts } from '../../core/contract/read-file.ts';
import { PriceError } from '../../core/cost/template/price-error.ts';
import { pricePlatform } from '../../core/cost/template/price-platform.ts';
import { FREE_TYPES, PRICED_TYPES } from '../../core/cost/template/resource-types.ts';
import { PLAIN_WORKLOAD } from '../../core/cost/template/workload.ts';
import { readTemplate, type Templates } from '../../core/aws/template.ts';
import { APP_PROPS } from '../../lib/app-props.ts';
import { environmentsAsked } from '../../lib/config/environments.ts';
import { addPlatform } from '../../lib/platform.ts';
import { readNamedQueries } from '../../lib/read-named-queries.ts';
import { ClaimFails, type Claim } from '../claim.ts';

/** The templates of each environment, synthesized from the repository's own contracts. */
function ownEnvironments(): ReadonlyMap<string, Templates> {
  const contracts = readContracts('contracts');
  const namedQueries = readNamedQueries('models/questions');
  return new Map(
    environmentsAsked('all').map((environment) => {
      const app = new App(APP_PROPS);
      addPlatform(app, { environment, contracts, namedQueries });
      const assembly = app.synth();
      return [
        environment.name,
        new Map(
          assembly.stacks.map(({ stackName, templateFile }) => {
            const file = path.join(assembly.directory, templateFile);
            return [stackName, readTemplate(readFileSync(file, 'utf8'), file)];
          }),
        ),
      ];
    }),
  );
}

/** Why some templates cannot be priced; undefined where they can. */
export function whyUnpriced(templates: Templates): string | undefined {
  const contracts = readContracts('contracts').flatMap(({ datasets }) => datasets);
  try {
    pricePlatform({ templates, contracts, workload: PLAIN_WORKLOAD }, 1);
    return undefined;
  } catch (error) {
    if (error instanceof PriceError) return error.message;
    throw error;
  }
}

/** No resource of an environment is free because nobody knows it. */
export const everyTypePriced: Claim = {
  id: 'every-type-priced',
  says: 'Every resource of every environment has a price, or is free by its type, with a reason.',
  prove: () => {
    const environments = ownEnvironments();
    const types = new Set(
      [...environments.values()].flatMap((templates) =>
        [...templates.values()].flatMap(({ resources }) => [...resources.values()].map(({ type }) => type)),
      ),
    );
    const findings = [...environments].flatMap(([name, templates]) => {
      const why = whyUnpriced(templates);
      return why === undefined ? [] : [`${name}: ${why}`];
    });
    if (types.size === 0) findings.push('no template has a resource');
    if (findings.length > 0) throw new ClaimFails(findings);
    const priced = PRICED_TYPES.filter((type) => types.has(type)).length;
    const free = Object.keys(FREE_TYPES).filter((type) => types.has(type)).length;
    return Promise.resolve(
      `${environments.size} environments, ${types.size} types: ${priced} priced, ${free} free with a reason`,
    );
  },
};
