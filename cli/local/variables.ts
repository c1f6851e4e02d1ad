import type { Run } from './home.ts';

/** What a client signs with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the operator. */
  readonly sessionToken?: string;
}

/** Environment variables; null for one that must not be set. */
export type Variables = Readonly<Record<string, string | null>>;

/**
 * What leads a client of AWS to a run, as the holder of keys. A token of an earlier session would not belong to the keys, and a profile would be
 * taken before them.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const variablesOf = ({ endpoint, region }: Pick<Run, 'endpoint' | 'region'>, keys: Keys): Variables => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: keys.sessionToken ?? null,
  AWS_PROFILE: null,
});

/** The shells whose words are known. */
export type Shell = 'sh' | 'fish';

const WORDS: Readonly<
  Record<Shell, { readonly set: (name: string, value: string) => string; readonly unset: (name: string) => string }>
> = {
  sh: { set: (name, value) => `export ${name}='${value}'`, unset: (name) => `unset ${name}` },
  fish: { set: (name, value) => `set -gx ${name} '${value}';`, unset: (name) => `set -e ${name};` },
};

/** Lines for a shell to evaluate. No value holds a quote: they are addresses, names of regions and base 64. */
export const exportLines = (variables: Variables, shell: Shell = 'sh'): string[] =>
  Object.entries(variables).map(([name, value]) => (value === null ? WORDS[shell].unset(name) : WORDS[shell].set(name, value)));
