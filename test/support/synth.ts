import { App, Stack, Tags } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { TAGS } from '../../constructs/domain/tags.ts';
import { FEATURE_FLAGS } from '../../lib/feature-flags.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
export type Resources = Record<string, Resource>;
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** Without the traces of constructs and the tree of them, as the app is (lib/app-props.ts): Jest maps each line of a trace to its source. */
export const testApp = (context: Record<string, unknown> = FEATURE_FLAGS): App =>
  new App({
    context: { ...context, 'aws:cdk:disable-creation-stack-traces': true },
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
  });

/** Above the 100 of a tag that is added: the removal wins. */
const LAST = 200;

/**
 * The template of a stack that `build` fills; its account and region are literals, so that ARNs can be compared. It leaves out the tag of the
 * environment, which everything has: test/constructs/take-environment.test.ts holds it.
 */
export function synth(build: (stack: Stack) => void, context?: Record<string, unknown>): Template {
  const stack = new Stack(testApp(context), 'Test', { env: { account: ACCOUNT, region: REGION } });
  build(stack);
  Tags.of(stack).remove(TAGS.environment, { priority: LAST });
  return Template.fromStack(stack);
}

export const resourcesOf = (template: Template): Resources => template.toJSON().Resources as Resources;

export const resourcesOfType = (template: Template, type: string): Resources =>
  Object.fromEntries(Object.entries(resourcesOf(template)).filter(([, resource]) => resource.Type === type));

/** The one resource of a type whose logical id holds `part`. */
export function theResource(template: Template, type: string, part = ''): Resource & { readonly id: string } {
  const found = Object.entries(resourcesOfType(template, type)).filter(([id]) => id.includes(part));
  const [only] = found;
  if (found.length !== 1 || only === undefined)
    throw new Error(`expected one ${type} with '${part}', got ${found.map(([id]) => id).join(', ') || 'none'}`);
  return { id: only[0], ...only[1] };
}

/**
 * The statements of the managed policy whose logical id holds `part`, with intrinsics written as `${…}`: `{"Ref":"Key"}` as `${Key}`,
 * `{"Fn::GetAtt":["Key","Arn"]}` as `${Key.Arn}`, imports by their export. Generated ids lose their hash.
 */
export const policyStatements = (template: Template, part: string): Statement[] => {
  const { PolicyDocument } = theResource(template, 'AWS::IAM::ManagedPolicy', part).Properties;
  return statementsOf(PolicyDocument);
};

export const statementsOf = (document: unknown): Statement[] =>
  readable((document as { Statement: Statement[] }).Statement) as Statement[];

/** All actions that the managed policies of a template allow, sorted, each once. */
export const allowedActions = (template: Template): string[] =>
  [
    ...new Set(
      Object.values(resourcesOfType(template, 'AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) =>
        statementsOf(Properties.PolicyDocument).flatMap(({ Action }) => Action),
      ),
    ),
  ].sort();

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** A template's value with its intrinsics as text. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key, given] = (entries[0] ?? ['', undefined]) as [string, unknown];
  if (entries.length === 1) {
    if (key === 'Ref') return `\${${withoutHash(String(given))}}`;
    if (key === 'Fn::ImportValue') return `\${import ${String(given)}}`;
    if (key === 'Fn::GetAtt') return `\${${(given as string[]).map(withoutHash).join('.')}}`;
    if (key === 'Fn::Join') {
      const [separator, parts] = given as [string, unknown[]];
      return parts.map(readable).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([name, inner]) => [name, readable(inner)]));
}
