import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, CfnResource, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { Finding } from '../../core/findings/finding.ts';
import { packs } from './packs.ts';

/** What packs say of a rule that failed. */
const UNJUDGED = 'Rule threw an error during validation.';

/**
 * Judges templates as they would be deployed, by their stacks' names. They are read back into an app of their own: no
 * acknowledgement in the constructs that made them, and no override, can hide anything.
 */
export function judge(templates: ReadonlyMap<string, string>): Finding[] {
  const app = new App({ analyticsReporting: false });
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-judge-'));
  const types = new Map<string, string>();
  try {
    for (const [name, text] of templates) {
      const templateFile = path.join(folder, `${name}.json`);
      writeFileSync(templateFile, JSON.stringify(inOrder(withLists(JSON.parse(text) as Template))));
      // the template brings the parameter of its bootstrap version along
      const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
      const included = new CfnInclude(new Stack(app, name, { synthesizer }), 'Template', { templateFile });
      const resources = (JSON.parse(text) as Template).Resources ?? {};
      for (const [id, { Type }] of Object.entries(resources)) {
        refuseUnknown(name, included.getResource(id));
        types.set(`${name}/${id}`, Type);
      }
    }
    return packs().flatMap((pack) =>
      pack.validateScope(app).violations.flatMap(({ ruleName, description, severity, violatingResources }) =>
        violatingResources.map(({ constructPath }) => {
          const [stack = '', , resource = ''] = (constructPath ?? '').split('/');
          return {
            id: ruleName,
            stack,
            resource,
            type: types.get(`${stack}/${resource}`) ?? '',
            level: severity === 'error' ? ('error' as const) : ('warning' as const),
            says: description.replace(/[.\s]+$/, ''),
            isUnjudged: description.startsWith(UNJUDGED),
          };
        }),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rules know resources by their class: one that the CDK does not know passes them all unseen. */
function refuseUnknown(stack: string, resource: CfnResource): void {
  if (resource.constructor === CfnResource && !resource.cfnResourceType.startsWith('Custom::'))
    throw new Error(
      `UnknownType: ${stack}: no rule can judge a resource of the type '${resource.cfnResourceType}'; update aws-cdk-lib`,
    );
}

interface Template {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** Some rules go through a list that a template may leave out, and fail where it does: an empty one says the same. */
const LISTS: Readonly<Record<string, string>> = { 'AWS::Events::Rule': 'Targets' };

const withLists = ({ Resources = {}, ...rest }: Template): Template => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, resource]) => {
      const list = LISTS[resource.Type];
      return [id, list === undefined ? resource : { ...resource, Properties: { [list]: [], ...resource.Properties } }];
    }),
  ),
});

/** Some rules read a policy as text and know one order of its keys, in which JSON has none: the alphabet's, which is the CDK's. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}
