import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PolicyHold, RawStatement } from '../statements/read-policies.ts';
import type { NamedStatement } from '../statements/statement-names.ts';

/** What is left of a policy that held one statement: IAM takes none that is empty. */
const NOTHING: Partial<Record<PolicyHold, (statement: object) => object>> = {
  identity: () => ({ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }),
  trust: (statement) => ({ ...statement, Action: 'sts:TagSession' }),
};

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly properties?: { readonly templateFile?: string } }>>;
}
interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Properties: Record<string, { Statement: RawStatement | RawStatement[] }> }>
  >;
}

/** A cloud assembly like another, whose templates lack some statements: a new folder. */
export function withoutStatements(assembly: string, removed: readonly NamedStatement[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'nothing-wider-edited-'));
  for (const name of readdirSync(assembly)) symlinkSync(path.join(assembly, name), path.join(folder, name));
  const { artifacts } = JSON.parse(readFileSync(path.join(assembly, 'manifest.json'), 'utf8')) as Manifest;
  for (const stack of new Set(removed.map(({ policy }) => policy.stack))) {
    const file = artifacts[stack]?.properties?.templateFile ?? '';
    const template = JSON.parse(readFileSync(path.join(assembly, file), 'utf8')) as Template;
    const ofStack = removed.filter(({ policy }) => policy.stack === stack);
    for (const { policy, index } of ofStack.sort((one, other) => other.index - one.index)) {
      const document = template.Resources[policy.logicalId]?.Properties[policy.property];
      if (document !== undefined) document.Statement = left([document.Statement].flat(), index, policy.hold);
    }
    unlinkSync(path.join(folder, file));
    writeFileSync(path.join(folder, file), JSON.stringify(template));
  }
  return folder;
}

function left(statements: RawStatement[], index: number, hold: PolicyHold): RawStatement[] {
  const rest = statements.toSpliced(index, 1);
  const [only] = statements;
  return rest.length > 0 || only === undefined ? rest : [NOTHING[hold]?.(only) as RawStatement];
}
