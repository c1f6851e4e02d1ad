import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib/core';
import { APP_PROPS } from '../lib/app-props.ts';

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: string }>>;
}

/** Has the CDK write templates that hold what those of a folder hold, as generic resources with literal properties; prints the CPU milliseconds. */
const [templates = '', outdir = ''] = process.argv.slice(2);
const suffix = '.template.json';
const read = readdirSync(templates)
  .filter((name) => name.endsWith(suffix))
  .map((name) => [path.basename(name, suffix), readFileSync(path.join(templates, name), 'utf8')] as const)
  .map(([name, text]) => [name, JSON.parse(text) as Template] as const);
const before = process.cpuUsage();
const app = new App({ ...APP_PROPS, outdir });
for (const [name, { Resources = {}, Outputs = {} }] of read) {
  const stack = new Stack(app, name);
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(Resources))
    new CfnResource(stack, id, { type, properties });
  for (const [id, { Value: value }] of Object.entries(Outputs)) new CfnOutput(stack, `${id}Output`, { value });
}
app.synth();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify([(user + system) / 1000]));
