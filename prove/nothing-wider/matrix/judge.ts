import {
  authorize,
  parsePolicyDocument,
  parseResourcePolicy,
  parseTrustPolicy,
  type Named,
  type NamedResourcePolicy,
  type PolicyDocument,
  type RequestContext,
  type ResourcePolicy,
} from '../../../core/aws/iam/index.ts';
import { ACCOUNT, FOREIGN } from './accounts.ts';
import { DECIDED, type Actor } from './actors.ts';
import { boxesOf, type Box } from './boxes.ts';
import type { Catalogue } from './catalogue.ts';
import { dimensionsOf } from './dimension.ts';
import type { Cell } from './describe.ts';
import type { Document } from './read-environment.ts';
import { remember } from './remember.ts';
import type { Row } from './rows.ts';
import { scopeOf, statementsIn, type Scope } from './statement.ts';
import { TRUST, type Target } from './target.ts';

/** An action that is allowed, and under which conditions. */
export interface Grant {
  readonly action: string;
  readonly boxes: readonly Box[];
}

/** What somebody is granted on one target. */
export interface Answer extends Cell {
  readonly target: Target;
  readonly grants: readonly Grant[];
}

/** What was asked, and how it was answered. */
export interface Tally {
  /** Actions on resources by somebody. */
  questions: number;
  /** Of those that differ in what policies say of them, where an Allow speaks of the action and the resource: all others are denied. */
  heard: number;
  /** Requests that were evaluated for them, in every context that makes a difference. */
  requests: number;
}

interface Asked {
  readonly actor: Actor;
  readonly target: Target;
  readonly actions: readonly string[];
}

/** The policies that bear on a target, and those of their statements that speak of it. */
interface Speaking {
  readonly identity: readonly Read<PolicyDocument>[];
  readonly boundary: Read<PolicyDocument> | undefined;
  readonly own: Read<ResourcePolicy> | undefined;
  readonly speaking: readonly Scope[];
  readonly limits: readonly Scope[];
}

/** An actor's own policies. */
interface Heard {
  readonly name: string;
  readonly identity: readonly Read<PolicyDocument>[];
  readonly boundary: Read<PolicyDocument> | undefined;
  readonly scopes: readonly Scope[];
  readonly limiting: readonly Scope[];
}

interface Read<T> {
  readonly id: number;
  readonly policy: Named<T>;
  readonly scopes: readonly Scope[];
}

/** Answers who may do what; what it has answered it remembers by what the policies say, so that a changed template costs what changed. */
export class Judge {
  readonly tally: Tally = { questions: 0, heard: 0, requests: 0 };
  private readonly identities = new Map<string, Read<PolicyDocument>>();
  private readonly ofResources = new Map<string, Read<ResourcePolicy>>();
  private readonly answers = new Map<string, readonly Grant[]>();
  private readonly surveys = new Map<string, readonly Answer[]>();
  private readonly signatures = new Map<string, number>();
  private readonly universes = new WeakMap<readonly Target[], number>();
  private readonly worded = new Map<
    string,
    { readonly answers: readonly (readonly Answer[])[]; readonly rows: readonly Row[] }[]
  >();
  private readonly heard = new WeakMap<Actor, Heard>();
  private readonly read = new WeakMap<object, Read<ResourcePolicy>>();
  private readonly texts = new WeakMap<object, string>();

  constructor(private readonly catalogue: Catalogue) {}

  /** Every action on a target that an actor is allowed under some condition: one and the same list wherever policies speak alike. */
  grants(actor: Actor, target: Target): readonly Grant[] {
    const actions = this.catalogue.byKind.get(target.kind) ?? [];
    this.tally.questions += actions.length;
    const { name, identity, boundary, scopes, limiting } = this.heardOf(actor);
    const own = target.policy === undefined ? undefined : this.ofResource(target.policy, target.kind);
    const granting = own === undefined ? scopes : [...scopes, ...own.scopes];
    const spoken = [...granting, ...limiting].map(({ ofResource }) => (ofResource(target.arn) ? '1' : '0')).join('');
    return remember(this.answers, `${name} ${target.kind} ${target.side === 'foreign'} ${own?.id} ${spoken}`, () => {
      const speaking = granting.filter(({ ofResource }) => ofResource(target.arn));
      const limits = limiting.filter(({ ofResource }) => ofResource(target.arn));
      return this.ask({ actor, target, actions }, { identity, boundary, own, speaking, limits });
    });
  }

  /** What comes of the same actor and the same targets is worked out once. */
  once(actor: Actor, targets: readonly Target[], work: () => readonly Answer[]): readonly Answer[] {
    const asked = remember(this.universes, targets, () =>
      remember(this.signatures, this.signatureOf(targets), () => this.signatures.size),
    );
    return remember(this.surveys, `${asked} ${actor.name} ${this.heardOf(actor).name}`, work);
  }

  /** What comes of the same answers is worded once. */
  rows(name: string, answers: readonly (readonly Answer[])[], work: () => readonly Row[]): readonly Row[] {
    const known = remember(this.worded, name, () => []);
    const before = known.find(
      (one) => one.answers.length === answers.length && answers.every((answer, at) => answer === one.answers[at]),
    );
    if (before !== undefined) return before.rows;
    const rows = work();
    known.push({ answers, rows });
    return rows;
  }

  private signatureOf(targets: readonly Target[]): string {
    return targets
      .map(({ kind, arn, policy }) => `${kind} ${arn} ${policy === undefined ? '' : this.ofResource(policy, kind).id}`)
      .join('\n');
  }

  private ask({ actor, target, actions }: Asked, policies: Speaking): readonly Grant[] {
    const { speaking, limits } = policies;
    const known = new Map<string, readonly Box[]>();
    return actions.flatMap((action) => {
      const relevant = speaking.filter(({ ofAction }) => ofAction(action));
      if (!relevant.some(({ isAllow }) => isAllow)) return [];
      this.tally.heard += 1;
      const all = [...relevant, ...limits.filter(({ ofAction }) => ofAction(action))];
      const alike = [...speaking, ...limits].map((scope) => (all.includes(scope) ? '1' : '0')).join('');
      const boxes = remember(known, alike, () => this.boxes({ actor, target, action }, all, policies));
      return boxes.length === 0 ? [] : [{ action, boxes }];
    });
  }

  private boxes(
    { actor, target, action }: { readonly actor: Actor; readonly target: Target; readonly action: string },
    relevant: readonly Scope[],
    { identity, boundary, own }: Speaking,
  ): readonly Box[] {
    const dimensions = dimensionsOf(
      relevant.map(({ raw }) => raw),
      DECIDED,
    );
    const resourceAccount = target.side === 'foreign' ? FOREIGN : ACCOUNT;
    const resource: NamedResourcePolicy | undefined =
      own === undefined ? undefined : { ...own.policy, mustAllow: target.mustAllow };
    return boxesOf(dimensions, (choice) => {
      this.tally.requests += 1;
      return (
        authorize({
          principal: actor.principal,
          action,
          resource: target.arn,
          resourceAccount,
          context: dimensions.reduce<RequestContext>(
            (context, { answers }, at) => ({ ...context, ...answers[choice[at] ?? 0]?.context }),
            { ...actor.context, 'aws:ResourceAccount': resourceAccount },
          ),
          policies: {
            identity: identity.map(({ policy }) => policy),
            ...(boundary === undefined ? {} : { boundary: boundary.policy }),
            ...(resource === undefined ? {} : { resource }),
          },
        }).decision === 'allowed'
      );
    });
  }

  private identity(document: Document): Read<PolicyDocument> {
    return remember(this.identities, this.textOf(document), () => ({
      id: this.next(),
      policy: { name: 'identity', document: parsePolicyDocument(document) },
      scopes: statementsIn(document).map(scopeOf),
    }));
  }

  private ofResource(document: Document, kind: string): Read<ResourcePolicy> {
    const before = this.read.get(document);
    if (before !== undefined) return before;
    const parse = kind === TRUST ? parseTrustPolicy : parseResourcePolicy;
    const read = remember(this.ofResources, `${kind === TRUST} ${this.textOf(document)}`, () => ({
      id: this.next(),
      policy: { name: 'resource', document: parse(document) },
      scopes: statementsIn(document).map(scopeOf),
    }));
    this.read.set(document, read);
    return read;
  }

  /** What an actor's own policies say; named by what decides about it: two of the same policies and another role are two. */
  private heardOf(actor: Actor): Heard {
    const before = this.heard.get(actor);
    if (before !== undefined) return before;
    const identity = actor.identity.map((document) => this.identity(document));
    const boundary = actor.boundary === undefined ? undefined : this.identity(actor.boundary);
    const heard: Heard = {
      name: `${JSON.stringify(actor.principal)} ${identity.map(({ id }) => id).join(',')} within ${boundary?.id}`,
      identity,
      boundary,
      scopes: identity.flatMap(({ scopes }) => scopes),
      limiting: boundary?.scopes ?? [],
    };
    this.heard.set(actor, heard);
    return heard;
  }

  private next(): number {
    return this.identities.size + this.ofResources.size;
  }

  private textOf(document: Document): string {
    const before = this.texts.get(document);
    if (before !== undefined) return before;
    const text = JSON.stringify(document);
    this.texts.set(document, text);
    return text;
  }
}
