import { readAnswers } from './answers.ts';
import { corpus } from './corpus.ts';
import { DEPARTURES, REFUSED } from './departures.ts';
import { judge } from './judge.ts';

const ANSWERED = readAnswers();
const JUDGED = ANSWERED.asked.map((asked) => judge(asked, ANSWERED.documents));

const DIFFERING = JUDGED.flatMap(({ differing }) => differing);

test('a path finds what it finds in version 2.0.0 of the library, fails in its words, and is refused where it does not compile', () => {
  expect(DIFFERING.filter((told) => !DEPARTURES.some((departure) => departure.told.test(told)))).toEqual([]);
});

test('what the library takes is refused for few reasons, and told', () => {
  expect([...new Set(JUDGED.flatMap(({ refused }) => refused ?? []))].sort()).toEqual(REFUSED);
});

test('each departure is one', () => {
  expect(DEPARTURES.filter((departure) => !DIFFERING.some((told) => departure.told.test(told)))).toEqual([]);
});

test('the library was asked the corpus as it is', () => {
  const { documents, questions } = corpus();
  expect(ANSWERED.documents).toEqual(documents);
  const asked = ANSWERED.asked.map((each) => ({
    path: each.path,
    ...('answers' in each && { documents: each.answers.map(([document]) => document) }),
  }));
  const known = new Map(questions.map((question) => [question.path, question]));
  expect(asked.filter(({ path }) => !known.has(path))).toEqual([]);
  expect(asked.length).toBe(questions.length);
  for (const each of asked) expect(known.get(each.path)).toMatchObject(each);
});
