/**
 * A key as records spell it, and filters: as forms do, where a blank is a plus sign, and what is neither a letter nor a digit is written by its
 * bytes, but for slashes and `.-*_`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
