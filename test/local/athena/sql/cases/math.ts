import { failing, from } from './case.ts';

export const MATH = [
  ...from('functions/math.html#mathematical-functions', [
    ['abs(-3)', '3', 'integer'], ['abs(-1.5)', '1.5', 'decimal(2,1)'], ['abs(-1.5e0)', '1.5', 'double'],
    ['cbrt(27)', '3.0', 'double'],
    ['ceil(1.2)', '2', 'decimal(2,0)'], ['ceiling(-1.2e0)', '-1.0', 'double'], ['ceil(5)', '5', 'integer'],
    ['floor(1.9)', '1', 'decimal(2,0)'], ['floor(-1.2e0)', '-2.0', 'double'], ['floor(-1.5)', '-2', 'decimal(2,0)'],
    ['degrees(pi())', '180.0', 'double'], ['radians(180)', '3.141592653589793', 'double'],
    ['e()', '2.718281828459045', 'double'], ['pi()', '3.141592653589793', 'double'],
    ['exp(0)', '1.0', 'double'], ['ln(1)', '0.0', 'double'], ['ln(0)', '-Infinity', 'double'], ['ln(-1)', 'NaN', 'double'],
    ['log(2, 8)', '3.0', 'double'], ['log2(8)', '3.0', 'double'], ['log10(1000)', '3.0', 'double'],
    ['mod(7, 3)', '1', 'integer'], ['mod(-7.5, 2)', '-1.5', 'decimal(2,1)'],
    ['power(2, 10)', '1024.0', 'double'], ['pow(2e0, 0.5)', '1.4142135623730951', 'double'],
    ['round(2.5e0)', '3.0', 'double'], ['round(-2.5e0)', '-3.0', 'double'], ['round(2.5)', '3', 'decimal(2,0)'], ['round(-2.5)', '-3', 'decimal(2,0)'],
    ['round(2.567, 2)', '2.570', 'decimal(5,3)'], ['round(2.567e0, 2)', '2.57', 'double'], ['round(5)', '5', 'integer'], ['round(1234, -2)', '1200', 'integer'],
    ['sign(-3)', '-1', 'integer'], ['sign(2.5)', '1', 'decimal(1,0)'], ['sign(-2.5e0)', '-1.0', 'double'],
    ['sqrt(16)', '4.0', 'double'], ['sqrt(-1)', 'NaN', 'double'],
    ['truncate(2.9)', '2', 'decimal(1,0)'], ['truncate(-2.9e0)', '-2.0', 'double'],
    ['width_bucket(5, 0, 10, 5)', '3', 'bigint'], ['width_bucket(-1, 0, 10, 5)', '0', 'bigint'], ['width_bucket(10, 0, 10, 5)', '6', 'bigint'],
    ['width_bucket(3e0, array[1e0, 2e0, 4e0])', '2', 'bigint'],
  ]),
  ...from('functions/math.html#random-functions', [
    ['random() between 0e0 and 1e0', 'true', 'boolean'], ['rand() < 1e0', 'true', 'boolean'], ['random(10) between 0 and 9', 'true', 'boolean'], ['random(5, 6)', '5', 'integer'],
  ]),
  ...from('functions/math.html#trigonometric-functions', [
    ['sin(0)', '0.0', 'double'], ['cos(0)', '1.0', 'double'], ['tan(0)', '0.0', 'double'], ['asin(1)', '1.5707963267948966', 'double'], ['acos(1)', '0.0', 'double'],
    ['acos(2)', 'NaN', 'double'], ['atan(1)', '0.7853981633974483', 'double'], ['atan2(1, 1)', '0.7853981633974483', 'double'], ['sinh(0)', '0.0', 'double'],
    ['cosh(0)', '1.0', 'double'], ['tanh(0)', '0.0', 'double'],
  ]),
  ...from('functions/math.html#floating-point-functions', [
    ['infinity()', 'Infinity', 'double'], ['nan()', 'NaN', 'double'], ['is_nan(nan())', 'true', 'boolean'], ['is_finite(1e0)', 'true', 'boolean'],
    ['is_infinite(infinity())', 'true', 'boolean'],
  ]),
  ...from('functions/math.html#base-conversion-functions', [
    ["from_base('ff', 16)", '255', 'bigint'], ["from_base('-101', 2)", '-5', 'bigint'], ['to_base(255, 16)', 'ff', 'varchar(64)'], ['to_base(-5, 2)', '-101', 'varchar(64)'],
  ]),
  ...from('functions/comparison.html#greatest-and-least', [
    ['greatest(1, 3, 2)', '3', 'integer'], ['greatest(1, null)', null, 'integer'], ['least(3, 1, 2)', '1', 'integer'], ["least('b', 'a')", 'a', 'varchar(1)'], ['greatest(1, 2.5)', '2.5', 'decimal(11,1)'],
  ]),
  ...from('https://github.com/trinodb/trino/blob/405/core/trino-main/src/test/java/io/trino/operator/scalar/TestMathFunctions.java', [
    ['greatest(nan(), 5, 4, 3)', '5.0', 'double'], ['greatest(5, 4, 3, nan())', '5.0', 'double'], ['greatest(nan(), nan())', 'NaN', 'double'], ['greatest(nan(), null)', null, 'double'],
    ["greatest(real '1.5', real 'NaN')", '1.5', 'real'], ['least(nan(), 5, 4)', '4.0', 'double'], ['least(nan(), nan())', 'NaN', 'double'],
  ]),
  ...from('functions/bitwise.html', [
    ['bit_count(9, 64)', '2', 'bigint'], ['bit_count(9, 8)', '2', 'bigint'], ['bit_count(-7, 64)', '62', 'bigint'], ['bit_count(-7, 8)', '6', 'bigint'],
    ['bitwise_and(19, 25)', '17', 'bigint'], ['bitwise_or(19, 25)', '27', 'bigint'], ['bitwise_xor(19, 25)', '10', 'bigint'], ['bitwise_not(-12)', '11', 'bigint'],
    ['bitwise_not(19)', '-20', 'bigint'], ['bitwise_left_shift(1, 2)', '4', 'integer'], ['bitwise_left_shift(5, 2)', '20', 'integer'], ['bitwise_right_shift(8, 3)', '1', 'integer'],
    ['bitwise_right_shift(9, 1)', '4', 'integer'], ['bitwise_right_shift(-45, 64)', '0', 'integer'], ['bitwise_right_shift_arithmetic(-45, 64)', '-1', 'integer'],
    ['bitwise_right_shift_arithmetic(12, 64)', '0', 'integer'],
  ]),
]; // prettier-ignore

export const MATH_FAILURES = failing('functions/math.html', [
  ["from_base('z', 16)", 'INVALID_FUNCTION_ARGUMENT: Not a valid base-radix number'],
  ['width_bucket(1, 0, 10, 0)', 'INVALID_FUNCTION_ARGUMENT: bucketCount must be greater than 0'],
  ["abs('a')", 'FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (varchar(1)) for function abs'],
  ['bit_count(9, 1)', 'INVALID_FUNCTION_ARGUMENT: Bits specified in bit_count must be between 2 and 64'],
]);
