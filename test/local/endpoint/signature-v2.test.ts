import { oldStringToSign } from '../../../local/endpoint/signature-v2.ts';
import { sendRaw } from './raw.ts';
import { running } from './running.ts';

test.each(['abc', '-1', '-9007199254740', '99999999999999999'])(
  'a URL of Signature Version 2 that ends at %s is refused',
  async (Expires) => {
    const local = await running();
    try {
      const { credentials } = local.sessions.operator;
      const query = new URLSearchParams({ AWSAccessKeyId: credentials.accessKeyId, Signature: 'eA==', Expires });
      const { status, text } = await sendRaw(
        local.url,
        credentials,
        { method: 'GET' },
        { service: 's3', tamper: () => ({ path: `/lake/k?${query.toString()}` }) },
      );
      expect([status, text]).toEqual([403, expect.stringContaining(`Invalid date (should be seconds since epoch): ${Expires}`)]);
    } finally {
      await local.stop();
    }
  },
);

test('what names a version or replaces a header is signed with the path, in order; other parameters are not', () => {
  const request = {
    method: 'GET',
    path: '/a%20b',
    query: [
      ['versionId', 'v'],
      ['Expires', '1'],
      ['acl', ''],
      ['other', 'x'],
      ['response-content-type', 'text/css'],
    ],
    headers: { 'x-amz-b': ' 2 ', 'x-amz-a': '1', 'content-type': 'text/plain' },
    body: Buffer.alloc(0),
  } as const;
  const said = { accessKeyId: 'x', signature: 'y', expires: '1' };
  expect(oldStringToSign(request, said, 'lake')).toBe(
    'GET\n\ntext/plain\n1\nx-amz-a:1\nx-amz-b:2\n/lake/a%20b?acl&response-content-type=text/css&versionId=v',
  );
});
