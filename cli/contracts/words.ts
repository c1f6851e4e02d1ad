const DAY = 86_400;

/** `10 minutes`, `2 days`: the largest unit that leaves no rest. */
export function duration(seconds: number): string {
  const [unit, length] =
    seconds % DAY === 0
      ? ['day', DAY]
      : seconds % 3600 === 0
        ? ['hour', 3600]
        : seconds % 60 === 0
          ? ['minute', 60]
          : ['second', 1];
  const count = seconds / length;
  return `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`;
}

/** `10.96 USD`; what is less than a cent says so. */
export const usd = (amount: number): string =>
  `${amount > 0 && amount < 0.01 ? '< 0.01' : amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`;

/** The day so many days after another, as `yyyy-mm-dd` in UTC. */
export const dayAfter = (day: Date, days: number): string =>
  new Date(day.getTime() + days * DAY * 1000).toISOString().slice(0, 10);

/** A list as people say it: `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
