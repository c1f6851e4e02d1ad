import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { readTemplate, type StackTemplate, type Templates } from '../../core/aws/template.ts';
import { CommandError } from '../command-error.ts';

const MANIFEST = 'manifest.json';

export const isAssembly = (folder: string): boolean => existsSync(path.join(folder, MANIFEST));

const manifestShape = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .looseObject({
          stackName: z.string().optional(),
          templateFile: z.string().optional(),
          terminationProtection: z.boolean().optional(),
          directoryName: z.string().optional(),
        })
        .default({}),
    }),
  ),
});

/**
 * The templates of a cloud assembly, those of its stages too.
 *
 * @throws {@link CommandError} `NotAnAssembly`
 * @throws TemplateError
 */
export function readAssembly(folder: string): Templates {
  const file = path.join(folder, MANIFEST);
  const read = manifestShape.safeParse(parse(file));
  if (!read.success)
    throw new CommandError('NotAnAssembly', `'${file}' must be the manifest of a cloud assembly; synthesize it anew`);
  return new Map(
    Object.entries(read.data.artifacts).flatMap(
      ([id, { type, environment, properties }]): (readonly [string, StackTemplate])[] => {
        if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined)
          return [...readAssembly(path.join(folder, properties.directoryName))];
        if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return [];
        const template = path.join(folder, properties.templateFile);
        const text = readFileSync(template, 'utf8');
        const deployment = {
          terminationProtection: properties.terminationProtection ?? false,
          ...(environment === undefined ? {} : { environment }),
        };
        return [[properties.stackName ?? id, readTemplate(text, template, deployment)]];
      },
    ),
  );
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * A folder with a template in JSON for each stack, called as the stack, in folders of any depth.
 *
 * @throws {@link CommandError} `NoTemplates`, `StackTwice`
 * @throws TemplateError
 */
export function readTemplateFolder(folder: string): Templates {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (files.length === 0)
    throw new CommandError(
      'NoTemplates',
      `'${folder}' must be a CDK project, a cloud assembly (cdk.out) or a folder of templates called <stack>.json; name another folder`,
    );
  const templates = new Map<string, StackTemplate>();
  for (const name of files) {
    const stack = path.basename(name).replace(/(\.template)?\.json$/, '');
    const file = path.join(folder, name);
    if (templates.has(stack))
      throw new CommandError('StackTwice', `'${file}' must be the only template of ${stack}; name a folder that holds it once`);
    templates.set(stack, readTemplate(readFileSync(file, 'utf8'), file));
  }
  return templates;
}
