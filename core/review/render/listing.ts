import { grouped } from '../../grouped.ts';
import { environmentOf } from '../../naming.ts';
import { code } from './words.ts';

/** Something that is said of one place in one stack. */
export interface Said {
  readonly stack: string;
  /** What it is: the beginning of the entry, before the place. */
  readonly head: string;
  /** The place within the stack; absent for the stack itself. */
  readonly id?: string;
  /** What stands below. */
  readonly below: readonly string[];
}

interface Entry {
  readonly head: string;
  readonly below: string;
  readonly environments: readonly string[];
  readonly places: readonly string[];
}

/** Places that an entry names; the JSON names all. */
const MOST_NAMED = 8;

/** One entry for all that is the same, wherever it is; an environment's name is `<env>` where it holds in several. */
export function listing(all: readonly Said[]): readonly string[] {
  return grouped(acrossEnvironments(all), ({ head, below, environments }) => [head, below, environments]).map((alike) => {
    const [{ head, below, environments }] = alike;
    const places = alike.flatMap((entry) => entry.places);
    const named = places.slice(0, MOST_NAMED).map(code).join(', ');
    const more = places.length > MOST_NAMED ? ` and ${places.length - MOST_NAMED} more` : '';
    const where = environments.length > 1 ? ` (${environments.join(', ')})` : '';
    return [`- ${head} ${named}${more}${where}`, ...(below === '' ? [] : [below])].join('\n');
  });
}

function acrossEnvironments(all: readonly Said[]): readonly Entry[] {
  const entries = all.map(({ stack, head, id, below }) => {
    const environment = environmentOf(stack);
    const own = { head, below: below.join('\n'), place: id === undefined ? stack : `${stack}/${id}` };
    const masked = environment === undefined ? own : mapped(own, (text) => withoutEnvironment(text, environment));
    return { environment, own, masked };
  });
  return grouped(entries, ({ masked }) => masked).map((alike) => {
    const environments = [...new Set(alike.map(({ environment }) => environment).filter((name) => name !== undefined))].sort();
    const { head, below, place } = environments.length > 1 ? alike[0].masked : alike[0].own;
    return { head, below, environments, places: [place] };
  });
}

interface Texts {
  readonly head: string;
  readonly below: string;
  readonly place: string;
}
const mapped = ({ head, below, place }: Texts, change: (text: string) => string): Texts => ({
  head: change(head),
  below: change(below),
  place: change(place),
});

const withoutEnvironment = (text: string, environment: string): string =>
  text.replaceAll(new RegExp(`(?<![A-Za-z0-9])${environment}(?![A-Za-z0-9])`, 'g'), '<env>');
