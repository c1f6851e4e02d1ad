import type { Environment } from './environment.ts';

/** An environment that goes nowhere: its templates are the same on every machine, and for whatever credentials. */
export function withoutPlace({ account: _account, region: _region, ...environment }: Environment): Environment {
  return environment;
}
