import type { ResourceLimit } from '../limit.ts';
import { count } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html';

/** Of a resource of any type. */
export const everyResource: readonly ResourceLimit[] = [
  {
    what: 'tags of a resource',
    most: 50,
    measure: ({ Tags }) => count(Tags),
    remedy: "take some out of the environment's tags",
    see: SEE,
  },
];
