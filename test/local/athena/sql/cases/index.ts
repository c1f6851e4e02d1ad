import { AGGREGATE, AGGREGATE_FAILURES } from './aggregate.ts';
import { ARITHMETIC, ARITHMETIC_FAILURES } from './arithmetic.ts';
import { ARRAY, ARRAY_FAILURES } from './array.ts';
import type { Case, FailingCase } from './case.ts';
import { COMPARISON, COMPARISON_FAILURES } from './comparison.ts';
import { CONVERSION, CONVERSION_FAILURES } from './conversion.ts';
import { DATE_AND_TIME, DATE_AND_TIME_FAILURES } from './datetime.ts';
import { JSON_CASES, JSON_FAILURES } from './json.ts';
import { MATH, MATH_FAILURES } from './math.ts';
import { SELECT, SELECT_FAILURES } from './select.ts';
import { STRING, STRING_FAILURES } from './string.ts';
import { WINDOW, WINDOW_FAILURES } from './window.ts';

export const CASES: readonly Case[] = [
  ...ARITHMETIC, ...MATH, ...COMPARISON, ...CONVERSION, ...STRING, ...DATE_AND_TIME, ...JSON_CASES, ...ARRAY, ...AGGREGATE, ...WINDOW, ...SELECT,
]; // prettier-ignore

export const FAILING_CASES: readonly FailingCase[] = [
  ...ARITHMETIC_FAILURES, ...MATH_FAILURES, ...COMPARISON_FAILURES, ...CONVERSION_FAILURES, ...STRING_FAILURES, ...DATE_AND_TIME_FAILURES, ...JSON_FAILURES,
  ...ARRAY_FAILURES, ...AGGREGATE_FAILURES, ...WINDOW_FAILURES, ...SELECT_FAILURES,
]; // prettier-ignore
