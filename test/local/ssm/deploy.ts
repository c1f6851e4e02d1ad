import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SSMClient, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from '../assembly/fixture.ts';

type Stacks = Readonly<Record<string, { readonly template: Template; readonly dependencies?: string[] }>>;

/** A template's parameter. */
export const parameter = (Name: string, Value: unknown, rest: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value, ...rest },
});

/** What reads a text: an output, and a parameter whose value it is. */
export const copy = (Value: unknown, Parameters: object = {}): Template => ({
  Parameters,
  Resources: { Copy: parameter('/copy', Value) },
  Outputs: { Copied: { Value: { 'Fn::GetAtt': ['Copy', 'Value'] } } },
});

/** Deployments of one state, one after the other. */
export function deployments() {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const clock = new SimulatedClock(Date.UTC(2026, 0, 1));
  const run = async <Result>(
    stacks: Stacks,
    act: (runtime: LocalRuntime, ssm: SSMClient) => Promise<Result>,
  ): Promise<Result> => {
    const runtime = await start({ assembly: writeAssembly({ ...stacks }), state, clock });
    const { endpoint, region, operator: credentials } = runtime;
    const client = new SSMClient({ endpoint, region, credentials, maxAttempts: 1 });
    try {
      return await act(runtime, client);
    } finally {
      client.destroy();
      await runtime.stop();
    }
  };
  /** What a deployment of these stacks fails with. */
  const failure = async (stacks: Stacks): Promise<string> =>
    run(stacks, async () => Promise.resolve('it was deployed')).catch((error: unknown) =>
      error instanceof Error ? error.message : '',
    );
  const put = (stacks: Stacks, Name: string, Value: string, rest: object = {}) =>
    run(stacks, (_runtime, ssm) => ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...rest })));
  /** The value of a parameter with its version, after a deployment. */
  const get = (stacks: Stacks, Name: string) =>
    run(stacks, async (_runtime, ssm) => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      return `${Parameter?.Value}, version ${Parameter?.Version}`;
    });
  const outputs = (stacks: Stacks) => run(stacks, async ({ outputs: told }) => Promise.resolve(told));
  return { run, failure, put, get, outputs };
}
