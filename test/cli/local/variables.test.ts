import { execFileSync } from 'node:child_process';
import { exportLines, variablesOf } from '../../../cli/local/variables.ts';

const run = { endpoint: 'http://127.0.0.1:4566', region: 'eu-west-1' };
const keys = { accessKeyId: 'AKIAX', secretAccessKey: 'a/b+c=' };

test('a role has its token, and the operator none that an earlier role has left', () => {
  expect(variablesOf(run, { ...keys, sessionToken: 't=' })).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAX',
    AWS_SECRET_ACCESS_KEY: 'a/b+c=',
    AWS_SESSION_TOKEN: 't=',
    AWS_PROFILE: null,
  });
  expect(variablesOf(run, keys)).toMatchObject({ AWS_SESSION_TOKEN: null });
});

test('a shell takes the lines as they are', () => {
  const script = [
    ...exportLines(variablesOf(run, keys)),
    'echo "$AWS_SECRET_ACCESS_KEY|${AWS_SESSION_TOKEN-unset}|${AWS_PROFILE-unset}"',
  ];
  const env = { PATH: process.env.PATH, AWS_SESSION_TOKEN: 'old', AWS_PROFILE: 'mine' };
  expect(execFileSync('sh', ['-eu', '-c', script.join('\n')], { env, encoding: 'utf8' })).toBe('a/b+c=|unset|unset\n');
});

test('fish has words of its own', () => {
  expect(exportLines({ A: 'x', B: null }, 'fish')).toEqual(["set -gx A 'x';", 'set -e B;']);
});
