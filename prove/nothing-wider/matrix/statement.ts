import { parsePolicyDocument } from '../../../core/aws/iam/index.ts';
import { applies, type Statement } from '../../../core/aws/iam/statement.ts';
import type { Document } from './read-environment.ts';

/** A statement as JSON. */
export interface RawStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const statementsIn = (document: Document): readonly RawStatement[] => [document.Statement].flat() as RawStatement[];

/** What a statement speaks of, whatever its conditions and whomever it names. */
export interface Scope {
  readonly raw: RawStatement;
  readonly isAllow: boolean;
  readonly ofAction: (action: string) => boolean;
  readonly ofResource: (resource: string) => boolean;
}

const NOTHING = { lookup: new Map<string, string>() };

/** @throws Error for a policy variable: what it stands for cannot be enumerated */
export function scopeOf(raw: RawStatement): Scope {
  const { Action, NotAction, Resource, NotResource } = raw;
  if (JSON.stringify([Resource, NotResource, raw.Condition]).includes('${'))
    throw new Error(`statement '${raw.Sid ?? ''}' has a policy variable, which the matrix cannot enumerate; teach it`);
  const [action] = parse({ Action, NotAction, Resource: '*' });
  const [resource] = parse({ Action: '*', Resource: Resource ?? (NotResource === undefined ? '*' : undefined), NotResource });
  return {
    raw,
    isAllow: raw.Effect === 'Allow',
    ofAction: remembered((asked) =>
      applies(action as Statement, { action: asked.toLowerCase(), resource: 'arn:any', ...NOTHING }),
    ),
    ofResource: remembered((asked) => applies(resource as Statement, { action: 'any:any', resource: asked, ...NOTHING })),
  };
}

const parse = (elements: object): readonly Statement[] =>
  parsePolicyDocument({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...elements } }).statements;

function remembered(ask: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = ask(text);
    known.set(text, answer);
    return answer;
  };
}
