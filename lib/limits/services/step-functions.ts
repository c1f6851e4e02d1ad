import type { ServiceLimits } from '../limit.ts';
import { bytes } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';

/** What Step Functions takes. */
export const stepFunctions: ServiceLimits = {
  resources: [
    {
      type: 'AWS::StepFunctions::StateMachine',
      what: "bytes of a state machine's definition",
      most: 1024 * 1024,
      measure: ({ Definition }) => bytes(Definition),
      remedy: 'divide the workflow',
      see: SEE,
    },
  ],
  quotas: [],
};
