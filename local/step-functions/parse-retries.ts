import type { Members } from '../input.ts';
import type { Catcher, Fallible, Retrier } from './definition.ts';
import type { Language } from './language.ts';
import { wholeFrom } from './whole-from.ts';

const RETRIER = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];

/** What a state does about errors. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export function fallible(state: Members, language: Language): Fallible {
  for (const list of ['Retry', 'Catch']) {
    const early = state.objects(list).slice(0, -1);
    if (early.some((each) => each.texts('ErrorEquals').includes('States.ALL')))
      throw state.invalid(list, 'must hold States.ALL in its last');
  }
  return {
    retriers: state.objects('Retry').map(retrierOf),
    catchers: state.objects('Catch').map((catcher) => catcherOf(catcher, language)),
  };
}

function retrierOf(retrier: Members): Retrier {
  retrier.only(RETRIER);
  const jitter = retrier.optionalText('JitterStrategy') ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL') throw retrier.invalid('JitterStrategy', `must be NONE or FULL, got '${jitter}'`);
  const backoffRate = retrier.optionalNumber('BackoffRate') ?? 2;
  if (backoffRate < 1) throw retrier.invalid('BackoffRate', `must be at least 1, got ${backoffRate}`);
  return {
    errors: errorsOf(retrier),
    interval: wholeFrom(1, retrier, 'IntervalSeconds') ?? 1,
    maxAttempts: wholeFrom(0, retrier, 'MaxAttempts') ?? 3,
    backoffRate,
    maxDelaySeconds: wholeFrom(1, retrier, 'MaxDelaySeconds') ?? Infinity,
    jitter: jitter === 'FULL',
  };
}

function catcherOf(catcher: Members, language: Language): Catcher {
  catcher.only(['ErrorEquals', 'Next', 'Comment', ...language.catcherFields]);
  return { errors: errorsOf(catcher), leave: language.caught(catcher), next: catcher.text('Next') };
}

function errorsOf(input: Members): readonly string[] {
  const errors = input.texts('ErrorEquals');
  if (errors.length === 0) throw input.invalid('ErrorEquals', 'must hold a name');
  if (errors.includes('States.ALL') && errors.length > 1) throw input.invalid('ErrorEquals', 'must hold States.ALL alone');
  return errors;
}
