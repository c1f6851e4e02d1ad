/** Words of column names that speak of a person. Names are lower-case words joined by '_'. */

const PERSONS = new Set(
  (
    'applicant attendee author beneficiary buyer caller candidate cardholder citizen client contact customer doctor driver employee guest holder insured ' +
    'member nurse passenger patient payee payer people person pupil recipient rider sender student subscriber teacher traveler traveller user visitor voter worker'
  ).split(' '),
);

const wordsOf = (name: string): string[] => name.split('_');
const singular = (word: string): string => (word.endsWith('s') && !PERSONS.has(word) ? word.slice(0, -1) : word);
export const isPersonWord = (word: string): boolean => PERSONS.has(singular(word));

/** Whether a name speaks of persons: `members`, `new_customer`. */
export const isPersonal = (name: string): boolean => wordsOf(name).some(isPersonWord);

const NAME =
  /(?:^|_)(?:(?:first|last|middle|given|family|full|maiden|legal)_?name|surname|forename|nickname|user_?name|name_on_card)$/;
/** Words that make something else of an e-mail's or a telephone's column: `email_status`, `phone_model`. */
const ABOUT = /_(?:brand|campaign|count|domain|hash|model|os|status|subject|template|type|verified|version)$/;

/** What a column's name alone claims. */
export const CLAIMS = {
  email: (name: string) => /(?:^|_)e?_?mail(?:_|$|s$)/.test(name) && !ABOUT.test(name),
  phone: (name: string) =>
    /(?:^|_)(?:phone|telephone|mobile|cell|cellphone|msisdn|tel|fax)(?:_|$|s$)/.test(name) && !ABOUT.test(name),
  name: (name: string) => NAME.test(name) || endsInNameOfPerson(name),
  /** A name of something; whose, only its neighbours tell. */
  someName: (name: string) => /^(?:display_)?name$/.test(name),
  person: (name: string) => isPersonWord(wordsOf(name).at(-1) ?? ''),
  card: (name: string) =>
    /(?:^|_)(?:pan|cc|card|creditcard|cardnumber)(?:_(?:number|num|no|nr|pan))?$/.test(name) || /credit_card/.test(name),
  iban: (name: string) => /(?:^|_)iban(?:_|$)/.test(name),
  nationalId: (name: string) =>
    /(?:^|_)(?:ssn|social_security(?:_(?:number|no))?|(?:national|identity)_(?:id|insurance|document|card)(?:_(?:number|no))?|nhs_(?:number|no)|nino|passport(?:_(?:number|no|id))?|tax_(?:id|number)|driv(?:er|ers|ing)_licen[cs]e(?:_(?:number|no))?|aadhaar|cpf|dni|pesel)$/.test(
      name,
    ),
  birth: (name: string) =>
    /(?:^|_)(?:dob|birthday|birthdate|birth_?(?:date|day|year|place)|date_of_birth|year_of_birth|born(?:_(?:on|at))?)$/.test(
      name,
    ),
  address: (name: string) =>
    /(?:^|_)(?:address|addr|street|address_?line_?\d?|street_address)(?:_?\d)?$/.test(name) &&
    !/(?:^|_)(?:ip|mac|web|email|host|memory|wallet|contract)_addr/.test(name),
  ip: (name: string) => /(?:^|_)(?:ip|ipv4|ipv6|ip_?addr(?:ess)?)$/.test(name),
  personId: (name: string) => {
    const words = wordsOf(name);
    return /^(?:id|uuid|key|number|no|ref)$/.test(words.at(-1) ?? '') && isPersonWord(words.at(-2) ?? '');
  },
  freeText: (name: string) =>
    /(?:^|_)(?:comments?|notes?|remarks?|feedback|message|special_requests?|review|complaint|free_?text|diagnosis)$/.test(name),
  version: (name: string) => /version/.test(name),
} as const satisfies Readonly<Record<string, (name: string) => boolean>>;

function endsInNameOfPerson(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === 'name' && isPersonWord(words.at(-2) ?? '');
}
