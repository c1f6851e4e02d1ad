import { CustomResource, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LAWFUL_NAME, problemOfDefinition, type IcebergTableDefinition } from '../../core/iceberg/table-definition.ts';
import type { IcebergColumn } from '../../core/iceberg/types.ts';
import { InvalidProps } from '../invalid-props.ts';
import type { LakeZone } from '../storage/lake.ts';
import { catalogArns } from './catalog-arns.ts';
import { takePrefix } from './iceberg-prefix.ts';
import type { IcebergTables } from './iceberg-tables.ts';
import { rightsOf } from './maker-rights.ts';

/** What `IcebergTable` needs. */
export interface IcebergTableProps {
  /** Makes the table, in its database. */
  readonly maker: IcebergTables;
  /**
   * The table's name, by which people query: a-z, 0-9 and _, 255 characters at most. Another name is another, empty table.
   *
   * @throws {@link InvalidProps} `BadTableName`, `TableTwice`
   */
  readonly name: string;
  /**
   * Where its objects lie.
   *
   * @default - the zone `curated` of the maker's lake
   */
  readonly zone?: LakeZone;
  /**
   * Keys of its objects begin so, with a slash behind it; the place is the table's own. It never changes: a deployment that moves the table fails.
   *
   * @throws {@link InvalidProps} `BadPrefix`, `PlaceTaken`, `PlaceOutside`
   */
  readonly prefix: string;
  /**
   * Its columns, in the order in which a query shows them. One that is left out later stays, as an optional one behind them, unless
   * `unwantedColumns` drops it; a field of a struct that is left out goes, for who writes a struct writes all of it. One that is
   * added later is optional. A type may be widened (int to long, a decimal to more digits); a deployment that changes one otherwise fails.
   *
   * @throws {@link InvalidProps} `BadColumns`, `BadColumnName`, `ColumnTwice`
   */
  readonly columns: readonly IcebergColumn[];
  /**
   * What becomes of a column that the table has and `columns` does not name, whoever has added it: it stays, as an optional one behind the others;
   * or it goes, and one of its name that comes back is empty. Files keep what it held.
   *
   * @default 'keep'
   */
  readonly unwantedColumns?: 'keep' | 'drop';
  /**
   * Columns whose values tell one row from all others: required, and of types without parts other than double. No engine enforces it; who
   * writes the table by MERGE goes by it. It never changes: a deployment that changes it fails.
   *
   * @default - none
   * @throws {@link InvalidProps} `KeyTwice`, `KeyNotAColumn`, `KeyOptional`, `KeyType`
   */
  readonly key?: readonly string[];
  /**
   * What the table holds, for people: its property `comment`.
   *
   * @default - nothing is said
   */
  readonly description?: string;
  /**
   * Properties of the table, such as `write.target-file-size-bytes`. Those that it has and that are not named here stay.
   *
   * @default - none
   * @throws {@link InvalidProps} `PropertyTwice`
   * @see https://iceberg.apache.org/docs/latest/configuration/
   */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * What a deletion of the stack does to the table: takes it from the catalog (`DESTROY`, which the
   * maker's must be too), or leaves it (`RETAIN`). Its objects stay in either case.
   *
   * @throws {@link InvalidProps} `BadRemovalPolicy`
   */
  readonly removalPolicy: RemovalPolicy;
}

const DEFAULTS = { unwantedColumns: 'keep' } as const;

/** The function's own tries, and those of Lambda after it. */
const ANSWERED_WITHIN = Duration.minutes(10);

/**
 * An Iceberg table in the catalog, made and evolved over Glue's API. A deployment never loses a row of it, nor a column but by
 * `unwantedColumns`: what would is refused, and the deployment fails with the table as it was. Must come after its database: `table.node.addDependency(database)`. Stateful.
 */
export class IcebergTable extends Construct {
  /** Its name in the maker's database. */
  public readonly tableName: string;
  /** ARN of the table, for grants. */
  public readonly tableArn: string;
  /** `s3://bucket/prefix`, without a slash at its end. */
  public readonly location: string;

  constructor(scope: Construct, id: string, props: IcebergTableProps) {
    super(scope, id);
    const { maker, name, prefix, removalPolicy, unwantedColumns, zone = maker.zone } = { ...DEFAULTS, ...props };
    const { bucketName } = zone.bucket;
    this.tableName = name;
    this.tableArn = catalogArns(this, maker.databaseName).table(name);
    this.location = `s3://${bucketName}/${prefix}`;
    const definition: IcebergTableDefinition = {
      databaseName: maker.databaseName,
      tableName: name,
      location: this.location,
      description: props.description,
      columns: props.columns,
      key: props.key ?? [],
      properties: props.properties ?? {},
      unwantedColumns,
    };
    const rights = rightsOf(maker);
    this.refuse(props, definition, rights?.destroys === true);
    const isDestroyed = removalPolicy === RemovalPolicy.DESTROY;
    new CustomResource(this, 'Default', {
      serviceToken: maker.serviceToken,
      resourceType: 'Custom::IcebergTable',
      serviceTimeout: ANSWERED_WITHIN,
      removalPolicy,
      properties: { Definition: Stack.of(this).toJsonString(definition), DeleteWithStack: String(isDestroyed) },
    });
    rights?.open(this, { name, zone, prefix });
  }

  private refuse(
    { name, prefix, removalPolicy }: IcebergTableProps,
    definition: IcebergTableDefinition,
    destroys: boolean,
  ): void {
    if (!Token.isUnresolved(name) && !LAWFUL_NAME.test(name))
      throw new InvalidProps(
        'BadTableName',
        this,
        `'name' must be of a-z, 0-9 and _, 255 characters at most, got '${name}'; rename the table`,
      );
    takePrefix(this, prefix);
    if (removalPolicy === RemovalPolicy.SNAPSHOT)
      throw new InvalidProps(
        'BadRemovalPolicy',
        this,
        `'removalPolicy' must be DESTROY or one that retains, got '${removalPolicy}'; CloudFormation makes no snapshot of a table`,
      );
    if (removalPolicy === RemovalPolicy.DESTROY && !destroys)
      throw new InvalidProps(
        'BadRemovalPolicy',
        this,
        "'removalPolicy' must retain where the maker's does, got DESTROY; change either",
      );
    const problem = problemOfDefinition(definition);
    if (problem !== undefined) throw new InvalidProps(problem.code, this, problem.message);
  }
}
