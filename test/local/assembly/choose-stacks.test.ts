import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib/core';
import { chooseStacks, placeOf } from '../../../local/assembly/choose-stacks.ts';
import { readAssembly, type StackTemplate } from '../../../local/assembly/read-assembly.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-choose-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Two stages of three stacks, one of which has a name of its own, and a stack beside them. */
function synthesized(): readonly StackTemplate[] {
  const app = new App({ outdir: folder });
  new Stack(app, 'Pipeline', { env: { account: '444455556666', region: 'us-east-1' } });
  for (const name of ['Test', 'Live']) {
    const stage = new Stage(app, name, { env: { account: '111122223333', region: 'eu-west-1' } });
    const [foundation, workshop, serving] = ['Foundation', 'Workshop', 'Serving'].map(
      (id) => new Stack(stage, id, id === 'Serving' ? { stackName: `${name}-Readers` } : {}),
    );
    for (const stack of [foundation, workshop, serving]) if (stack !== undefined) new CfnOutput(stack, 'Output', { value: 'x' });
    if (foundation !== undefined) workshop?.addStackDependency(foundation);
  }
  app.synth();
  return readAssembly(folder);
}
const all = synthesized();
const chosen = (...names: string[]): readonly string[] => chooseStacks(all, names).map((stack) => stack.path);

test.each([
  [['Pipeline'], ['Pipeline']],
  [['Test'], ['Test/Foundation', 'Test/Serving', 'Test/Workshop']],
  [['Test/*'], ['Test/Foundation', 'Test/Serving', 'Test/Workshop']],
  [['Test/**'], ['Test/Foundation', 'Test/Serving', 'Test/Workshop']],
  [['Test/Serving'], ['Test/Serving']],
  [['Test-Readers'], ['Test/Serving']],
  [['Live/Workshop'], ['Live/Foundation', 'Live/Workshop']],
  [
    ['Live-Workshop', 'Live-Foundation', 'Test-Readers'],
    ['Live/Foundation', 'Live/Workshop', 'Test/Serving'],
  ],
])('%j are %j', (names, paths) => {
  expect([...chosen(...names)].sort()).toEqual(paths);
});

test('what is chosen comes after what it depends on', () => {
  expect(chosen('Test/Workshop')).toEqual(['Test/Foundation', 'Test/Workshop']);
});

test.each(['Tes', 'Test/', 'Foundation', '', '*'])('fails with UnknownStack for %j', (name) => {
  expect(() => chosen('Pipeline', name)).toThrow(
    `no stack and no stage of the templates is called '${name}'; take one of Live, Live/Foundation, Live/Serving, Live/Workshop, Pipeline, Test, Test/Foundation, Test/Serving, Test/Workshop`,
  );
});

test('a platform is where most of its stacks are', () => {
  expect(placeOf(all)).toEqual({ account: '111122223333', region: 'eu-west-1' });
  expect(placeOf(chooseStacks(all, ['Pipeline']))).toEqual({ account: '444455556666', region: 'us-east-1' });
});

test('templates that are for any account say only what they say', () => {
  const place = (env: object) => {
    const outdir = mkdtempSync(path.join(folder, 'any-'));
    const app = new App({ outdir });
    new Stack(app, 'Any', { env });
    app.synth();
    return placeOf(readAssembly(outdir));
  };
  expect([place({}), place({ region: 'eu-west-1' })]).toEqual([{}, { region: 'eu-west-1' }]);
});
