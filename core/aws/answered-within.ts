/**
 * Options of an SDK's client that gives up an attempt which nobody answers and makes the next on a new connection. By itself it waits for minutes, or
 * without end.
 */
export const answeredWithin = (milliseconds: number) => ({
  requestHandler: {
    requestTimeout: milliseconds,
    throwOnRequestTimeout: true,
    sessionTimeout: milliseconds, // Kinesis speaks HTTP/2, where the next attempt would wait in the same session
  },
});
