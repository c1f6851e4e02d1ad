import { giveParameters, type GivenParameter } from '../../../local/assembly/given-parameters.ts';
import { readAssembly } from '../../../local/assembly/read-assembly.ts';
import { writeAssembly } from './fixture.ts';

const declared = { Type: 'String' };
const withDefault = { ...declared, Default: 'usual' };
const template = (Parameters: object) => ({ template: { Parameters, Resources: {} } });
const stacks = readAssembly(
  writeAssembly({
    One: template({ A: declared, B: withDefault }),
    Two: template({ A: declared }),
    Three: template({ C: withDefault }),
  }),
);
const values = (...given: GivenParameter[]) =>
  Object.fromEntries([...giveParameters(stacks, given)].map(([{ name }, of]) => [name, of]));
const a: GivenParameter = { name: 'A', value: '1' };

test('a value is for every stack that has the parameter, one of a stack for that alone, whichever is said first', () => {
  expect(values(a)).toEqual({ One: { A: '1' }, Two: { A: '1' }, Three: {} });
  expect(values({ ...a, stack: 'Two', value: '2' }, a)).toEqual({ One: { A: '1' }, Two: { A: '2' }, Three: {} });
  expect(values(a, { ...a, value: '3' }, { name: 'B', value: '' })).toEqual({
    One: { A: '3', B: '' },
    Two: { A: '3' },
    Three: {},
  });
});

test.each<[string, GivenParameter[], string, string]>([
  ['a parameter without a value', [{ ...a, stack: 'One' }], 'ParameterMissing', 'Two: Parameters: [A] must have values'],
  [
    'a parameter that no stack has',
    [a, { name: 'D', value: '' }],
    'UnknownParameter',
    "no stack that runs has a parameter 'D'; take one of One:A, One:B, Two:A, Three:C",
  ],
  ['one of a stack that has it not', [a, { ...a, stack: 'Three' }], 'UnknownParameter', "no stack that runs and is called 'Three' has a parameter 'A'"], // prettier-ignore
])('fails for %s', (_name, given, code, message) => {
  expect(() => values(...given)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error,
  );
});

test('what an earlier run was given is forgotten where templates have it no more', () => {
  expect(values(a, { name: 'D', value: '', isKept: true })).toEqual({ One: { A: '1' }, Two: { A: '1' }, Three: {} });
});
