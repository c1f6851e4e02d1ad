import { inferContract } from '../../../core/contract/infer/infer-contract.ts';
import { parseContract } from '../../../core/contract/parse/parse-contract.ts';
import { COLUMN_NAME, LONGEST_NAME } from '../../../core/contract/parse/lawful-name.ts';
import { didYouMeanName } from '../../../core/contract/parse/parse-columns.ts';
import type { DocumentPath } from '../../../core/contract/fault.ts';
import { CommandError } from '../../command-error.ts';

/** What a person says of a contract before any sample is read. */
export interface NamedParts {
  readonly domain: string;
  readonly owner: string;
  /** @default - called like the first dataset */
  readonly product?: string | undefined;
  /** Names of the datasets, each with what to call it in a message: an option, or the sample it is named after. */
  readonly datasets: ReadonlyMap<string, string>;
}

/**
 * Judges what a person named by the rules of contracts, before a sample is read. A contract of nothing but these names is put before the
 * reader itself, so that no rule is written twice; what it lacks otherwise is not the person's fault.
 *
 * @throws {@link CommandError} with the code of the first fault, such as `InvalidName`, `ReservedName`, `OwnerIsNobody`; `InvalidProduct`
 */
export function checkOptions({ domain, owner, product, datasets }: NamedParts): void {
  if (product !== undefined && (!COLUMN_NAME.test(product) || product.length > LONGEST_NAME))
    throw new CommandError(
      'InvalidProduct',
      `'--product' must be lower-case words joined by '_', at most ${LONGEST_NAME} characters, got '${product}'${didYouMeanName(product)}`,
    );
  const names = [...datasets];
  const { document } = inferContract(
    names.map(([name]) => ({ schema: { ...STAND_IN, name }, remarks: [] })),
    { domain, owner, product: product ?? 'product', retentionDays: 365, retentionChosen: true, origin: [] },
  );
  const parsed = parseContract(document);
  if (!('faults' in parsed)) return;
  const said = parsed.faults.flatMap(({ path, code, message }) => {
    const option = optionAt(path, names);
    return option === undefined ? [] : [{ code, message: `${option} ${message}` }];
  });
  const [first, ...others] = said;
  if (first === undefined) return;
  throw new CommandError(first.code, [first.message, ...others.map(({ code, message }) => `${code}: ${message}`)].join('\n'));
}

const STAND_IN = {
  customProperties: [
    { property: 'eventIdFields', value: ['id'] },
    { property: 'eventTimeField', value: 'happened_at' },
  ],
  properties: [
    { name: 'id', logicalType: 'string', required: true },
    { name: 'happened_at', logicalType: 'timestamp', required: true },
  ],
};

function optionAt([at, index]: DocumentPath, datasets: readonly (readonly [string, string])[]): string | undefined {
  if (at === 'domain') return "'--domain'";
  if (at === 'team') return "'--owner'";
  return at === 'schema' ? datasets[Number(index)]?.[1] : undefined;
}
