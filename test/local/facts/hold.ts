import type { FactTable } from './fact.ts';

/** A test for each row. */
export function hold({ service, facts }: FactTable): void {
  describe(service, () => {
    test.each(facts.map((fact) => [`${fact.says} [${fact.basis}]`, fact] as const))('%s', async (_, fact) => {
      expect.hasAssertions();
      await fact.holds();
    });
  });
}
