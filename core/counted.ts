/** `2 contracts`, `1 contract`. */
export const counted = (count: number, what: string, many = `${what}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? what : many}`;
