/** Bounds of one kind of value. */
export interface Limits<T> {
  readonly minimum?: T | undefined;
  readonly maximum?: T | undefined;
  readonly exclusiveMinimum?: T | undefined;
  readonly exclusiveMaximum?: T | undefined;
}

/** Compiles bounds to their check; `compare` gives a number below, at or above 0. Without bounds there is nothing to check. */
export function withinLimits<T>(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Limits<T>,
  compare: (a: T, b: T) => number,
): ((value: T) => boolean) | undefined {
  if ([minimum, maximum, exclusiveMinimum, exclusiveMaximum].every((limit) => limit === undefined)) return undefined;
  return (value) =>
    (minimum === undefined || compare(value, minimum) >= 0) &&
    (maximum === undefined || compare(value, maximum) <= 0) &&
    (exclusiveMinimum === undefined || compare(value, exclusiveMinimum) > 0) &&
    (exclusiveMaximum === undefined || compare(value, exclusiveMaximum) < 0);
}

/** The same bounds in another form. @throws What `read` throws: a bound that is none is a wrong deployment */
export const readLimits = <T>(limits: Limits<string>, read: (text: string) => T): Limits<T> => {
  const maybe = (text: string | undefined) => (text === undefined ? undefined : read(text));
  return {
    minimum: maybe(limits.minimum),
    maximum: maybe(limits.maximum),
    exclusiveMinimum: maybe(limits.exclusiveMinimum),
    exclusiveMaximum: maybe(limits.exclusiveMaximum),
  };
};
