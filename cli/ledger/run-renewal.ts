import { counted } from '../../core/counted.ts';
import { judgeLedger } from '../../core/findings/judge-ledger.ts';
import { environmentsIn } from '../../core/findings/ledger.ts';
import { isRenewed, planRenewal, type Renewal } from '../../core/findings/plan-renewal.ts';
import type { Likeness } from '../../core/findings/precedents.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import { renewLedger } from '../../core/findings/renew-ledger.ts';
import { isCi } from '../../core/is-ci.ts';
import { environmentOf } from '../../core/naming.ts';
import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import { judgeProject } from './judge-project.ts';
import { LEDGER, readLedgerText, writeLedgerText } from './ledger-file.ts';
import { formatRenewal, renewalRows } from './render-renewal.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

export interface RenewOptions {
  readonly confirm: boolean;
  /** Environments in which another's decisions hold too. @default - none */
  readonly like?: Likeness;
  readonly json: boolean;
}

interface Outcome {
  readonly isHonest: boolean;
  readonly isWritten: boolean;
  readonly confirm: boolean;
  readonly like: Likeness | undefined;
  /** Environments that no decision holds in, and that are said to be like no other. */
  readonly begun: readonly string[];
}

/** Says which places of the decisions are new and which are gone, and writes them where that is confirmed. */
export async function runRenewal(
  { confirm, like, json }: RenewOptions,
  out: Out,
  setExitCode: (code: number) => void,
): Promise<void> {
  if (confirm) refuseOnCi();
  const project = projectAround(process.cwd());
  const written = readLedgerText(project);
  const before = readLedger(written);
  const { findings, datasets } = await judgeProject(project, out);
  const found = [...new Set(findings.flatMap(({ stack }) => environmentOf(stack) ?? []))];
  const decided = environmentsIn(before);
  refuseUnknown(like, found, decided);
  const renewal = planRenewal(before, findings, datasets, like);
  const text = renewLedger(written, renewal);
  const faults = judgeLedger(readLedger(text));
  const isHonest = isRenewed(renewal) && faults.length === 0;
  const refusal = confirm ? refusalOf(renewal, faults) : undefined;
  const isWritten = confirm && refusal === undefined && text !== written;
  if (isWritten) writeLedgerText(project, written, text);
  out.line(
    json
      ? JSON.stringify({ ...renewalRows(renewal), faults, isWritten })
      : [
          formatRenewal(renewal, before.reviewedOn),
          ...faults,
          ...sayNext(renewal, {
            isHonest,
            isWritten,
            confirm,
            like,
            begun: found.filter((name) => !decided.includes(name) && like?.has(name) !== true),
          }),
        ].join('\n\n'),
  );
  if (refusal !== undefined) throw refusal;
  if (!isHonest && !isWritten) setExitCode(1);
}

/** A reason holds where a person says so. @throws {@link CommandError} `ConfirmedOnCi` */
function refuseOnCi(): void {
  if (isCi(process.env))
    throw new CommandError(
      'ConfirmedOnCi',
      `'--confirm' must be said by a person, got it where CI is '${process.env.CI ?? ''}'; run it on your machine, read the reasons, and commit ${LEDGER}`,
    );
}

/** @throws {@link CommandError} `UnknownEnvironment` */
function refuseUnknown(like: Likeness = new Map(), found: readonly string[], decided: readonly string[]): void {
  for (const [name, other] of like)
    for (const [asked, known, what] of [
      [name, found, 'an environment of the app'],
      [other, decided, 'an environment of the ledger'],
    ] as const)
      if (!known.includes(asked))
        throw new CommandError(
          'UnknownEnvironment',
          `'--like' must name ${what}, got '${asked}'${didYouMean(asked, known) || `; ${nameOneOf(known)}`}`,
        );
}

/** Why nothing is written, though it was confirmed: all of it, or nothing. */
function refusalOf({ uncovered, unjudged }: Renewal, faults: readonly string[]): CommandError | undefined {
  if (unjudged.length > 0)
    return new CommandError(
      'UnjudgedFinding',
      `a rule must judge before anything is accepted, got ${counted(unjudged.length, 'rule')} that could not; mend the resources. Nothing was written`,
    );
  const places = uncovered.reduce((sum, one) => sum + one.places.length, 0);
  if (places > 0)
    return new CommandError(
      'UncoveredFinding',
      `a decision must answer for each finding, got ${counted(places, 'place')} for which none does; mend the resources, or put the entries above into ${LEDGER}, each with a reason, an owner and a day of review, and run it again. Nothing was written`,
    );
  if (faults.length > 0)
    return new CommandError(
      'DishonestLedger',
      `${LEDGER} must be exact, reasoned, owned and dated, got ${counted(faults.length, 'fault')}; mend what is said above. Nothing was written`,
    );
  return undefined;
}

function sayNext({ uncovered }: Renewal, { isHonest, isWritten, confirm, like = new Map(), begun }: Outcome): readonly string[] {
  if (isWritten) return [`${LEDGER} is written: read the change, and commit it.`];
  if (isHonest || confirm) return [];
  const first =
    uncovered.length === 0 ? '' : ` The entries above want a reason, an owner and a day of review from you in ${LEDGER}.`;
  const said = [...like].map(([name, other]) => `--like ${name}=${other} `).join('');
  const hints = begun.map(
    (name) => ` If '${name}' is to be as another environment: headwaters ledger renew --like ${name}=<that one>.`,
  );
  return [
    `Nothing is written.${first}${hints.join('')} If the reasons hold in the new places: headwaters ledger renew ${said}--confirm`,
  ];
}
