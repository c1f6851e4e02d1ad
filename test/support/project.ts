import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtCommand } from './built-command.ts';

export const REPOSITORY = path.resolve(import.meta.dirname, '../..');
/** What runs TypeScript in a process of its own. */
export const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What stands in `cdk.json` for an app whose templates are the same each time. */
export const onceInARun = (app: string): string => `node ${path.join(import.meta.dirname, 'synthesize-once.mjs')} ${app}`;

export interface ProjectFiles {
  /** ODCS files by their path under contracts/; without them, the repository's own contracts, questions and sample. */
  readonly contracts?: Readonly<Record<string, string>>;
  /** Source of a module that edits the synthesized templates: `export default (name, template) => …`. */
  readonly edit?: string;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of its own in a temporary folder, on which the real command runs in a process of its own. */
export class TestProject {
  readonly root = mkdtempSync(path.join(tmpdir(), 'headwaters-project-'));

  private readonly loader: readonly string[];

  constructor({ contracts, edit }: ProjectFiles = {}) {
    this.loader = contracts === undefined ? ['--import', builtSample()] : [];
    if (contracts === undefined) {
      for (const name of ['contracts', 'models', 'sample']) symlinkSync(path.join(REPOSITORY, name), path.join(this.root, name));
    } else {
      for (const [name, text] of Object.entries(contracts)) this.write(path.join('contracts', name), text);
    }
    const synth = onceInARun(`node ${builtCommand().app}`);
    if (edit !== undefined) {
      this.write('edit.mjs', edit);
      this.write('apply.mjs', APPLY);
    }
    this.write('cdk.json', JSON.stringify({ app: edit === undefined ? synth : `${synth} && node apply.mjs` }));
  }

  headwaters(...args: readonly string[]): Promise<Ran> {
    return this.headwatersIn('', ...args);
  }

  /** @param folder Within the project: where the command is run */
  async headwatersIn(folder: string, ...args: readonly string[]): Promise<Ran> {
    const output = { stdout: '', stderr: '' };
    const child = spawn(process.execPath, [...this.loader, builtCommand().command, ...args], {
      cwd: path.join(this.root, folder),
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output.stderr += chunk.toString();
    });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, ...output };
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, name)), { recursive: true });
    writeFileSync(path.join(this.root, name), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What gives a process the built sample where it asks for its source: a loader of TypeScript costs each process a second of CPU. */
function builtSample(): string {
  const hook = `export const load = (url, context, next) => url.endsWith('/sample/index.ts')
    ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(`export * from '${pathToFileURL(builtCommand().sample).href}'`)} }
    : next(url, context);`;
  return dataModule(`import { register } from 'node:module'; register(${JSON.stringify(dataModule(hook))});`);
}

const dataModule = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

const APPLY = `
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import edit from './edit.mjs';
const folder = process.env.CDK_OUTDIR;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.template.json'))) {
  const file = path.join(folder, name);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  edit(name, template);
  writeFileSync(file, JSON.stringify(template));
}
`;
