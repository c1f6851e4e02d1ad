import type { ServiceLimits } from '../limit.ts';
import { at, bytes, count, largest } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

/** What Lambda takes. */
export const lambda: ServiceLimits = {
  resources: [
    {
      type: 'AWS::Lambda::Function',
      what: "bytes of a function's environment variables",
      most: 4096,
      measure: ({ Environment }) => largest(at(Environment, 'Variables'), bytes),
      remedy: 'put the value in a layer or a parameter',
      see: SEE,
    },
    {
      type: 'AWS::Lambda::Function',
      what: 'layers of a function',
      most: 5,
      measure: ({ Layers }) => count(Layers),
      remedy: 'join some',
      see: SEE,
    },
    {
      type: 'AWS::Lambda::Function',
      what: 'bytes of a function with its layers, unpacked',
      most: 250 * 1024 * 1024,
      measure: ({ Code, Layers }, stack) => {
        const layers = at(Layers, 'Ref').flatMap((id) =>
          at(stack.template.Resources?.[String(id)]?.Properties, 'Content', 'S3Key'),
        );
        return [...at(Code, 'S3Key'), ...layers].reduce<number>((sum, key) => sum + stack.assetBytes(String(key)), 0);
      },
      remedy: 'carry less in the bundle, or list fewer values in the contract',
      see: SEE,
    },
  ],
  quotas: [],
};
