/**
 * Tells whether an ARN is meant. A text with a colon, a `*` or a `?` is a pattern of the whole ARN, as policies write them; any other is a name,
 * and means each ARN in which its words stand together: `late_orders` is in `…/Stack-LateOrdersStream1A2B`.
 */
export function resourceMatcher(where: string): (arn: string) => boolean {
  if (/[:*?]/.test(where)) {
    const pattern = new RegExp(
      `^${where
        .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    );
    return (arn) => pattern.test(arn);
  }
  const name = wordsOf(where);
  return (arn) => wordsOf(arn).includes(name);
}

/** ` words of a text `, which begin at capitals and digits, too. */
const wordsOf = (text: string): string =>
  ` ${text
    .replaceAll(/([a-z])(?=[A-Z0-9])|([0-9])(?=[A-Za-z])/g, '$& ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join(' ')} `;
