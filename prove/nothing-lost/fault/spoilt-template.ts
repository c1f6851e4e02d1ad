import type { Resource } from '../../../test/support/synth.ts';
import type { Allowance } from '../history/history.ts';
import type { Edit } from '../lake/assembly.ts';
import { allWaves, MINUTE, type Fault, type Scene } from './fault.ts';

interface Statement {
  Sid?: string;
  Action: string | string[];
  Resource: unknown;
}

/** A template that somebody deploys while events arrive, and takes back. @param met What the platform's logs say while it is out */
export const spoiltTemplate = (
  id: string,
  says: string,
  allowed: Allowance,
  edit: Edit,
  met: RegExp,
  also: (scene: Scene, during: () => Promise<void>) => Promise<void> = (_, during) => during(),
): Fault => ({
  id,
  says,
  allowed,
  during: async (scene) => {
    const { session } = scene;
    await scene.wave();
    await session.restart(session.assembly.variant(edit));
    const before = session.errors.length;
    await also(scene, async () => {
      await allWaves(scene, 1);
      await session.clock.advance(20 * MINUTE); // longer than any buffer waits
    });
    await session.restart();
    return session.errors.slice(before).filter((line) => met.test(line)).length;
  },
});

/** Takes a statement out of every policy that has it, or some of its resources. @param keep Whether a resource stays, by its text */
export const without =
  (sid: string, keep: (resource: string) => boolean = () => false): Edit =>
  (resources: Record<string, Resource>) => {
    let found = 0;
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type !== 'AWS::IAM::ManagedPolicy') continue;
      const document = Properties.PolicyDocument as { Statement: Statement[] };
      document.Statement = document.Statement.flatMap((statement) => {
        if (statement.Sid !== sid) return [statement];
        found += 1;
        const kept = [statement.Resource].flat().filter((resource) => keep(JSON.stringify(resource)));
        return kept.length === 0 ? [] : [{ ...statement, Resource: kept }];
      });
    }
    if (found === 0) throw new TypeError(`no policy has the statement '${sid}'`);
  };
