import type { Found, Violation } from './history.ts';
import { textOf } from './same.ts';

/** What a lake holds, by identity alone: how often and when is left out. */
interface Identities {
  readonly clean: ReadonlySet<string>;
  readonly quarantine: ReadonlySet<string>;
}

const identitiesOf = ({ clean, quarantined }: Found): Identities => ({
  clean: new Set(
    clean.map(({ row }) => textOf(Object.fromEntries(Object.entries(row).filter(([name]) => name !== '_ingested_at')))),
  ),
  quarantine: new Set(quarantined.map(({ sha256, reason }) => `${reason} ${sha256}`)),
});

/** I4, replay idempotence: what was there before is there after, and nothing else, by identity. */
export function unchanged(before: Found, after: Found): readonly Violation[] {
  const [was, is] = [identitiesOf(before), identitiesOf(after)];
  return (['clean', 'quarantine'] as const).flatMap((zone): Violation[] => {
    const gone = [...was[zone]].filter((identity) => !is[zone].has(identity)).length;
    const come = [...is[zone]].filter((identity) => !was[zone].has(identity)).length;
    return [
      ...(gone === 0 ? [] : [{ invariant: 'I4' as const, message: `${gone} identities are no longer in ${zone}` }]),
      ...(come === 0 ? [] : [{ invariant: 'I4' as const, message: `${come} identities are new in ${zone}` }]),
    ];
  });
}
