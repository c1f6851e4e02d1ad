/** What personal values look like. Each test is of one text; how many of a column's values pass is judged in guess-personal.ts. */

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

const INTERNATIONAL = /^\+\d[\d\s().-]{6,24}$/;
const NATIONAL = /^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/;

/** A telephone number written as one: international with its plus, or grouped as in North America. Bare digits could be anything. */
export function isPhoneNumber(text: string): boolean {
  const digits = digitsOf(text).length;
  return (INTERNATIONAL.test(text) && digits >= 8 && digits <= 15) || NATIONAL.test(text); // E.164: 15 digits at most
}

const CARD = /^[2-6]\d{3}(?:[ -]?\d){9,15}$/;

/** A payment card's number: 13 to 19 digits of an issuer's range, of which the last checks the others (Luhn). */
export function isPaymentCard(text: string): boolean {
  if (!CARD.test(text)) return false;
  const sum = Array.from(digitsOf(text))
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** An account number by ISO 13616: its first four characters check the rest. */
export function isIban(text: string): boolean {
  const bare = text.replaceAll(' ', '').toUpperCase();
  if (!IBAN.test(bare)) return false;
  const rearranged = Array.from(bare.slice(4) + bare.slice(0, 4), (character) => String(Number.parseInt(character, 36))).join('');
  return BigInt(rearranged) % 97n === 1n;
}

const PERSON_NAME = /^(?:\p{L}{2,5}\. )?\p{Lu}[\p{L}'’-]*(?: \p{Lu}\.?)?(?: \p{Lu}[\p{L}'’.-]+){1,3}$/u;

/** Two to four capitalized words: a person's name, and also many a town's. */
export const isPersonName = (text: string): boolean => text.length <= 60 && PERSON_NAME.test(text);
