import { vi } from 'vitest';
import { readTemplate } from '../../../core/aws/template.ts';
import { everyTypePriced, whyUnpriced } from '../../../prove/cost/every-type-priced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('the claim holds, and counts', async () => {
  await expect(everyTypePriced.prove('quick')).resolves.toMatch(
    /^\d environments, \d+ types: \d+ priced, \d+ free with a reason$/,
  );
});

test('a type that nobody knows is found', () => {
  const planted = (type: string) =>
    new Map([['Planted', readTemplate(JSON.stringify({ Resources: { Gateway: { Type: type } } }), 'Planted')]]);
  expect(whyUnpriced(planted('AWS::IAM::Role'))).toBeUndefined();
  expect(whyUnpriced(planted('AWS::EC2::NatGateway'))).toBe(
    "UnknownType: 'Type' of Planted/Gateway must be one whose price is known, got AWS::EC2::NatGateway; price it in core/cost/template, or name why it is free",
  );
});
