import { CommandError } from '../command-error.ts';

const SECOND = 1000;
const UNITS = { s: SECOND, m: 60 * SECOND, h: 3600 * SECOND, d: 86_400 * SECOND, w: 604_800 * SECOND } as const;
type Unit = keyof typeof UNITS;

const PLAIN = /^(\d+(?:\.\d+)?)\s*([smhdw])$/;
/** @see https://en.wikipedia.org/wiki/ISO_8601#Durations without years and months, whose length depends on their place */
const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of `90s`, `15m`, `1h`, `7d`, `2w` or of a duration of ISO 8601. @throws {@link CommandError} `DurationUnknown` */
export function parseDuration(text: string): number {
  const plain = PLAIN.exec(text);
  if (plain !== null) return Math.round(Number(plain[1]) * UNITS[plain[2] as Unit]);
  const parts: readonly (string | undefined)[] = ISO.exec(text)?.slice(1) ?? [];
  const milliseconds = (['w', 'd', 'h', 'm', 's'] as const).reduce(
    (sum, name, index) => sum + Number(parts[index] ?? 0) * UNITS[name],
    0,
  );
  if (parts.every((part) => part === undefined))
    throw new CommandError(
      'DurationUnknown',
      `a duration must be a number and one of s, m, h, d, w, or ISO 8601 without years and months, got '${text}'; write 15m, 7d or PT1H`,
    );
  return milliseconds;
}

/** `2 d 3 h`: the two largest parts that are not zero. */
export function formatDuration(milliseconds: number): string {
  const names: readonly Unit[] = ['w', 'd', 'h', 'm', 's'];
  let rest = Math.round(milliseconds / SECOND) * SECOND;
  const parts = names.flatMap((name) => {
    const count = Math.floor(rest / UNITS[name]);
    rest -= count * UNITS[name];
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.slice(0, 2).join(' ') || '0 s';
}
