/** A text as code: what stands in it ends it nowhere. */
export const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('\n', ' ')}\``;

/** `+1.20`, `-0.30`: what is added to a bill. */
export const signed = (usd: number): string => `${usd < 0 ? '-' : '+'}${Math.abs(usd).toFixed(2)}`;

/** A part of the report; one that says nothing is left out. */
export const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
