import { replayFunctionOf } from '../../../cli/replay/find-replay.ts';
import { invokeFunction } from '../../../cli/replay/invoke-function.ts';
import { stackName } from '../../../core/naming.ts';
import { SOURCES } from '../../../core/replay/request.ts';
import { runReplay } from '../../../core/replay/run-replay.ts';
import { each, type Scenario } from './scenario.ts';

const SECOND_MS = 1000;
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** What was quarantined or kept raw is judged anew by the domain's function, and put again where it is accepted. */
export const replay: readonly Scenario[] = [
  {
    name: 'a replay judges originals anew and puts them again',
    run: async ({ environment, runtime, clock, startedAt, datasets }) => {
      const { endpoint, region, operator: keys, outputs } = runtime;
      await each(datasets, async ({ contract }) => {
        const first = stackName.domain(environment, contract.domain);
        const name = replayFunctionOf(outputs, (stack) => stack === first || stack.startsWith(`${first}-Part`), contract);
        for (const source of SOURCES) {
          const request = { source, dataset: contract.name, from: day(startedAt), to: day(clock.now()), arrival: clock.now() };
          await runReplay(request, {
            invoke: (input) => invokeFunction({ endpoint, region, keys }, name, input),
            wait: () => clock.advance(SECOND_MS),
            progress: () => undefined,
          });
        }
      });
    },
  },
];
