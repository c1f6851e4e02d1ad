import type { Case } from './requests.ts';
import type { RawStatement } from './template-policies.ts';

/** A request on which the two evaluators part. */
export interface Disagreement {
  readonly asked: Case;
  readonly ours: string;
  readonly theirs: string;
}

export interface Difference {
  /** What each does. */
  readonly why: string;
  /** The page that decides, or leaves it open. */
  readonly source: string;
  readonly holds: (at: Disagreement) => boolean;
}

const statements = ({ identity, boundary, session, resourcePolicy }: Case): RawStatement[] =>
  [...identity, boundary, session, resourcePolicy].flatMap((policy) => policy?.Statement ?? []);
const ofResource = ({ resourcePolicy }: Case): readonly RawStatement[] => resourcePolicy?.Statement ?? [];
const isService = ({ principal }: Case): boolean => !principal.startsWith('arn:');
const namesAnyAws = ({ Principal }: RawStatement): boolean => JSON.stringify(Principal) === '{"AWS":"*"}';

/** Everyone, a session or a user: whom a resource's policy reaches without their role. */
const namesOneself = (principal: unknown): boolean =>
  principal === '*' || /"(\*|arn:aws:(sts|iam)::\d+:(assumed-role|user)\/)/.test(JSON.stringify(principal));

/** Each way in which the two may part, with what decides. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'NotPrincipal spares who is named, with role and account': {
    why: 'iam-simulate spares every principal of an account that is named, and no session; here a principal is spared by its own name, together with those of its role and its account, as the page’s examples have it',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    holds: ({ asked, ours, theirs }) =>
      ofResource(asked).some(({ Effect, NotPrincipal }) => Effect === 'Deny' && NotPrincipal !== undefined) &&
      [ours, theirs].includes('ExplicitlyDenied'),
  },
  'a service is no AWS principal': {
    why: 'iam-simulate lets services in where {"AWS": "*"} is allowed; here they must be named, or everyone: the page calls the two forms the same for anonymous users only',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
    holds: ({ asked, ours, theirs }) =>
      isService(asked) &&
      ours === 'ImplicitlyDenied' &&
      theirs === 'Allowed' &&
      ofResource(asked).some((statement) => statement.Effect === 'Allow' && namesAnyAws(statement)),
  },
  'what a resource gives to a session itself or to everyone no silence takes away': {
    why: 'iam-simulate lets a silent boundary or session policy limit what a key’s or a role’s policy gives to the session itself, and what any resource’s gives to everyone; the pages limit only what is given to a role by its name',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles',
    holds: ({ asked, ours, theirs }) =>
      (asked.boundary ?? asked.session) !== undefined &&
      ours === 'Allowed' &&
      theirs === 'ImplicitlyDenied' &&
      ofResource(asked).some(({ Effect, Principal }) => Effect === 'Allow' && namesOneself(Principal)),
  },
  'a default may be empty': {
    why: "iam-simulate takes a variable with the default '' for one without; here it stands for nothing, as any other default stands for itself: the page does not speak of empty ones",
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-default-values',
    holds: ({ asked }) => statements(asked).some(({ Resource }) => JSON.stringify(Resource ?? '').includes(", ''}")),
  },
  'a negated operator matches a variable without a value': {
    why: 'with a variable that the request does not fill, iam-simulate lets StringNotEquals fail; here it holds, for the page says that inverted operators match against null',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value',
    holds: ({ asked }) =>
      statements(asked).some(({ Condition }) =>
        JSON.stringify(Condition?.StringNotEquals ?? '').includes('${aws:PrincipalTag/none}'),
      ),
  },
  'NotResource excludes nothing by a variable without a value': {
    why: 'iam-simulate lets such a statement fail; here the pattern matches no resource, as the page says of both elements, so that all resources are meant',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value',
    holds: ({ asked }) =>
      statements(asked).some(({ NotResource }) => JSON.stringify(NotResource ?? '').includes('${aws:PrincipalTag/')),
  },
  'a wildcard may stand for the type of a resource': {
    why: 'iam-simulate wants the type of a resource spelt out; here a wildcard stands for any characters of the last segment, as the page says of segments, and as Lambda’s own page uses it for network interfaces',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    holds: ({ asked }) =>
      asked.action.startsWith('ec2:') &&
      statements(asked).some(({ Resource, NotResource }) => JSON.stringify([Resource, NotResource]).includes(':*/*"')),
  },
  'IfExists goes before ForAnyValue': {
    why: 'with both on an operator and no key in the request, iam-simulate lets ForAnyValue fail it; here IfExists, which is told to make any operator but Null hold',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
    holds: ({ asked }) =>
      statements(asked).some(({ Condition }) =>
        Object.keys(Condition ?? {}).some((operator) => /^ForAnyValue:.*IfExists$/.test(operator)),
      ),
  },
};
