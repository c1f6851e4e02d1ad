import { counted } from '../../core/counted.ts';
import { judgeLedger } from '../../core/findings/judge-ledger.ts';
import { isRenewed, planRenewal, type Renewal } from '../../core/findings/plan-renewal.ts';
import { readLedger } from '../../core/findings/read-ledger.ts';
import { renewLedger } from '../../core/findings/renew-ledger.ts';
import { isCi } from '../../core/is-ci.ts';
import { CommandError } from '../command-error.ts';
import { judgeProject } from './judge-project.ts';
import { LEDGER, readLedgerText, writeLedgerText } from './ledger-file.ts';
import { formatRenewal, renewalRows } from './render-renewal.ts';
import type { Out } from '../output.ts';
import { projectAround } from '../project.ts';

export interface RenewOptions {
  readonly confirm: boolean;
  readonly json: boolean;
}

interface Outcome {
  readonly isHonest: boolean;
  readonly isWritten: boolean;
  readonly confirm: boolean;
}

/** Says which places of the decisions are new and which are gone, and writes them where that is confirmed. */
export async function runRenewal({ confirm, json }: RenewOptions, out: Out, setExitCode: (code: number) => void): Promise<void> {
  if (confirm) refuseOnCi();
  const project = projectAround(process.cwd());
  const written = readLedgerText(project);
  const before = readLedger(written);
  const { findings, datasets } = await judgeProject(project, out);
  const renewal = planRenewal(before, findings, datasets);
  const text = renewLedger(written, renewal);
  const faults = judgeLedger(readLedger(text));
  const isHonest = isRenewed(renewal) && faults.length === 0;
  const refusal = confirm ? refusalOf(renewal, faults) : undefined;
  const isWritten = confirm && refusal === undefined && text !== written;
  if (isWritten) writeLedgerText(project, written, text);
  out.line(
    json
      ? JSON.stringify({ ...renewalRows(renewal), faults, isWritten })
      : [formatRenewal(renewal, before.reviewedOn), ...faults, ...sayNext(renewal, { isHonest, isWritten, confirm })].join(
          '\n\n',
        ),
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

function sayNext({ uncovered }: Renewal, { isHonest, isWritten, confirm }: Outcome): readonly string[] {
  if (isWritten) return [`${LEDGER} is written: read the change, and commit it.`];
  if (isHonest || confirm) return [];
  const first =
    uncovered.length === 0 ? '' : ` The entries above want a reason, an owner and a day of review from you in ${LEDGER}.`;
  return [`Nothing is written.${first} If the reasons hold in the new places: headwaters ledger renew --confirm`];
}
