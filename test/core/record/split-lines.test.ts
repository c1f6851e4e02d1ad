import { splitLines } from '../../../core/record/split-lines.ts';

async function lines(chunks: readonly string[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  for await (const line of splitLines(stream)) found.push(line === undefined ? undefined : Buffer.from(line).toString());
  return found;
}

test.each([
  ['whole lines', ['a\nb\n'], ['a', 'b']],
  ['lines across chunks', ['a', 'b\nc', '', 'd\n', 'e'], ['ab', 'cd', 'e']],
  ['blank lines, which count', ['a\n\nb'], ['a', '', 'b']],
  ['nothing', [], []],
  ['a line that is too long to be an event, without its bytes', ['a\n', 'x'.repeat(3_000_000), '\nb\n'], ['a', undefined, 'b']],
  ['a last line that is too long', ['a\n', 'x'.repeat(3_000_000)], ['a', undefined]],
])('splits %s', async (_, chunks, expected) => {
  expect(await lines(chunks)).toEqual(expected);
});

test('a line that is too long is told of before its end has come', async () => {
  let read = 0;
  const endless = (async function* () {
    for (; read < 1_000; read += 1) yield Buffer.alloc(1024, 'x');
  })();
  for await (const line of splitLines(endless, 10 * 1024)) {
    expect(line).toBeUndefined();
    break;
  }
  expect(read).toBeLessThanOrEqual(11);
});
