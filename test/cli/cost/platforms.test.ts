import { platformsOf } from '../../../cli/cost/platforms.ts';
import type { StackTemplate } from '../../../core/aws/template.ts';

const empty: StackTemplate = { resources: new Map(), outputs: {}, sections: {} };
const templates = new Map(
  ['Headwaters-dev-Foundation', 'Headwaters-dev-Domain-x', 'Headwaters-prod-Foundation', 'Mine'].map((stack) => [stack, empty]),
);
const names = (asked?: string) => platformsOf(templates, asked).map(([name, stacks]) => [name, [...stacks.keys()]]);

test('stacks are priced by their environments, and others together', () => {
  expect(names()).toEqual([
    ['dev', ['Headwaters-dev-Foundation', 'Headwaters-dev-Domain-x']],
    ['prod', ['Headwaters-prod-Foundation']],
    ['stacks', ['Mine']],
  ]);
  expect(names('prod')).toEqual([['prod', ['Headwaters-prod-Foundation']]]);
});

test('fails for an environment that the templates lack', () => {
  expect(() => names('prdo')).toThrow(
    "UnknownEnvironment: '--env' must be an environment of the templates, or all, got 'prdo'; did you mean 'prod'?",
  );
});
