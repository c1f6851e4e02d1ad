export { evaluate, type Decision, type Evaluation, type PolicyRequest, type RequestContext } from './evaluate.ts';
export { mayAssume, type Assumer, type AssumeRequest, type TrustDecision } from './may-assume.ts';
export {
  MalformedPolicyDocument,
  parsePolicyDocument,
  parseTrustPolicy,
  type PolicyDocument,
  type TrustPolicy,
} from './policy-document.ts';
