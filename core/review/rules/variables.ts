import { same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger } from '../danger.ts';
import { isObject } from '../value.ts';
import { unknownEffect, type Judge } from './judge.ts';

/**
 * What runtimes, loaders, proxies and SDKs read unasked: other code runs by it, or the same code calls another place.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
const READ_UNASKED = /^(?:AWS_|NODE_|LD_|PYTHON|JAVA_|JDK_|DOTNET_|CORECLR_|RUBY|SSL_|OPENSSL_)|_PROXY$|^PATH$/i;
/** Read too, and known to lead nowhere else. */
const LEADS_NOWHERE = ['AWS_NODEJS_CONNECTION_REUSE_ENABLED', 'NODE_ENV'];

const isReadUnasked = (name: string): boolean => READ_UNASKED.test(name) && !LEADS_NOWHERE.includes(name);

/** One more is for code that is new; one that changes or goes may name another secret or stream. */
export const substitutions: Judge = (before, after, path, whole) => {
  const [old, now] = [before ?? {}, after ?? {}];
  if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, path, whole);
  return Object.keys(old)
    .filter((name) => !same(old[name], now[name]))
    .flatMap((name) => unknownEffect(old[name], now[name], `${path}.${name}`, whole));
};

/** Variables that are new, and that more than the function's own code reads. Values are not shown: one may be a secret. */
export const newVariables = (before: unknown, after: unknown, path: string): readonly Danger[] => {
  const [old, now] = [before ?? {}, after ?? {}];
  if (!isObject(old) || !isObject(now)) return [];
  return Object.keys(now)
    .filter((name) => !(name in old) && isReadUnasked(name))
    .map((name) =>
      danger(
        'CodeFromElsewhere',
        `'${path}.${name}' was added, which a runtime or an SDK reads unasked: other code may run, or another place be called`,
      ),
    );
};

export const variables: Judge = (before, after, path, whole) => [
  ...substitutions(before, after, path, whole),
  ...newVariables(before, after, path),
];
