import { readAnswer } from '../../../local/cloudformation/answer.ts';

const asked = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Seed' };
const said = { ...asked, Status: 'SUCCESS', PhysicalResourceId: 'seed' };

test('an answer tells the physical id and the attributes', () => {
  expect(readAnswer(JSON.stringify({ ...said, Data: { Rows: 3 } }), asked)).toEqual({ physicalId: 'seed', data: { Rows: 3 } });
  expect(readAnswer(JSON.stringify({ ...said, Data: null }), asked)).toEqual({ physicalId: 'seed', data: {} });
});

test.each([
  ['no JSON', '{', 'Invalid Response object: it is no JSON'],
  ['no object', '[]', 'Invalid Response object: '],
  ['another status', JSON.stringify({ ...said, Status: 'FAILURE' }), 'Invalid Response object: Status'],
  ['attributes that are no object', JSON.stringify({ ...said, Data: 'x' }), 'Invalid Response object: Data'],
  ['another stack', JSON.stringify({ ...said, StackId: 'other' }), 'Invalid StackId'],
  ['another request', JSON.stringify({ ...said, RequestId: 'other' }), 'Invalid RequestId'],
  ['another resource', JSON.stringify({ ...said, LogicalResourceId: 'Other' }), 'Invalid LogicalResourceId'],
  ['no physical id', JSON.stringify({ ...said, PhysicalResourceId: undefined }), 'Invalid PhysicalResourceId'],
  ['an empty physical id', JSON.stringify({ ...said, PhysicalResourceId: '' }), 'Invalid PhysicalResourceId'],
  [
    'a physical id of more than 1 KB',
    JSON.stringify({ ...said, PhysicalResourceId: 'x'.repeat(1025) }),
    'Invalid PhysicalResourceId',
  ],
  ['more than 4096 bytes', JSON.stringify({ ...said, Data: { text: 'ä'.repeat(2048) } }), 'Response object is too long.'],
  [
    'a failure',
    JSON.stringify({ ...said, Status: 'FAILED', Reason: 'no seed', PhysicalResourceId: '' }),
    'Received response status [FAILED] from custom resource. Message returned: no seed (RequestId: request)',
  ],
])('refuses %s', (_what, body, words) => {
  expect(() => readAnswer(body, asked)).toThrow(words);
});
