import { addParameter, mergeParameters, parameterText } from '../../../cli/local/stack-parameters.ts';

test.each([
  ['Name=value', { name: 'Name', value: 'value' }],
  ['Stack:Name=a=b:c', { stack: 'Stack', name: 'Name', value: 'a=b:c' }],
  ['Lab/Meters:Name=', { stack: 'Lab/Meters', name: 'Name', value: '' }],
  ['*:Name=two\nlines', { name: 'Name', value: 'two\nlines' }],
])('reads %j', (text, parameter) => {
  expect(addParameter(text)).toEqual([parameter]);
  expect(addParameter(parameterText(parameter))).toEqual([parameter]);
  expect(addParameter(text, [{ name: 'First', value: '' }])).toHaveLength(2);
});

test.each(['Name', '=value', 'A B=c', 'Stack:=c', 'a:b:Name=c'])('fails for %j', (text) => {
  expect(() => addParameter(text)).toThrow("it must be a parameter's name and its value");
});

test('keeps the values of an earlier run that are not given anew', () => {
  const earlier = [
    { name: 'A', value: '1' },
    { stack: 'S', name: 'A', value: '2' },
    { name: 'B', value: '3' },
  ];
  expect(mergeParameters(earlier, [{ name: 'A', value: '4' }])).toEqual([
    { stack: 'S', name: 'A', value: '2', isKept: true },
    { name: 'B', value: '3', isKept: true },
    { name: 'A', value: '4' },
  ]);
});
