export {
  authorize,
  type AccessRequest,
  type Authorization,
  type Named,
  type NamedResourcePolicy,
  type Policies,
  type PolicyKind,
  type Ruling,
} from './authorize.ts';
export { evaluate, type Decision, type Evaluation, type PolicyRequest, type RequestContext } from './evaluate.ts';
export { explain, POLICY_NAMES } from './explain.ts';
export { parsePolicyDocument, type PolicyDocument } from './policy-document.ts';
export type { Identity, Principal, Principals, Reach } from './principal.ts';
export { parseResourcePolicy, parseTrustPolicy, type ResourcePolicy } from './resource-policy.ts';
export { MalformedPolicyDocument } from './statement.ts';
