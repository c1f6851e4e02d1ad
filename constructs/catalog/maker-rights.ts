import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { InvalidProps } from '../invalid-props.ts';
import type { ActorRole } from '../security/actor-role.ts';
import { allow, allowZoneKey } from '../security/statements.ts';
import type { LakeZone } from '../storage/lake.ts';
import { catalogArns } from './catalog-arns.ts';

/** A table that a maker may make. */
export interface MadeTable {
  readonly name: string;
  /** Where its objects lie. */
  readonly zone: LakeZone;
  /** Without a slash at its end. */
  readonly prefix: string;
}

/** What a maker of tables may do: each table's entry in the catalog, and the metadata beside its data. */
export class MakerRights {
  private readonly tables: MadeTable[] = [];
  /** By their sid: another table is a resource more. */
  private readonly statements = new Map<string, iam.PolicyStatement>();

  /** @param destroys Whether the maker may take tables from the catalog */
  constructor(
    private readonly actor: ActorRole,
    private readonly databaseName: string,
    readonly destroys: boolean,
  ) {
    if (!destroys) return;
    // CloudFormation takes a table's rights away before it asks for its deletion: they are of the whole database
    const { catalog, database, table } = catalogArns(actor, databaseName);
    actor.add(allow('RemoveTables', ['glue:DeleteTable'], [catalog, database, table('*')]));
  }

  /**
   * Opens one table.
   *
   * @param scope What wants it, which must come after the rights that it is given
   * @throws {@link InvalidProps} `TableTwice`, `PlaceTaken`
   */
  public open(scope: Construct, table: MadeTable): void {
    this.refuseNeighbours(scope, table);
    this.tables.push(table);
    const arns = catalogArns(this.actor, this.databaseName);
    const catalog = [arns.catalog, arns.database];
    const metadata = table.zone.bucket.arnForObjects(`${table.prefix}/metadata/*`);
    this.allow('MakeTables', ['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'], catalog, arns.table(table.name));
    this.allow('WriteMetadata', ['s3:GetObject', 's3:PutObject'], [], metadata);
    this.allowKey(table.zone);
    scope.node.addDependency(this.actor.policy);
  }

  private allow(sid: string, actions: readonly string[], always: readonly string[], resource: string): void {
    const standing = this.statements.get(sid);
    if (standing === undefined) this.add(sid, allow(sid, actions, [...always, resource]));
    else standing.addResources(resource);
  }

  private allowKey(zone: LakeZone): void {
    const sid = `UseZoneKey of ${zone.bucket.node.addr}`;
    if (!this.statements.has(sid))
      this.add(sid, allowZoneKey(this.actor, 'UseZoneKey', zone, ['kms:Decrypt', 'kms:GenerateDataKey']));
  }

  private add(sid: string, statement: iam.PolicyStatement): void {
    this.statements.set(sid, statement);
    this.actor.add(statement);
  }

  private refuseNeighbours(scope: Construct, { name, zone, prefix }: MadeTable): void {
    if (this.tables.some((table) => table.name === name))
      throw new InvalidProps('TableTwice', scope, `'name' must be of one table of its database, got '${name}' twice; rename one`);
    const inside = (one: string, other: string) => `${one}/`.startsWith(`${other}/`);
    const taken = this.tables.find(
      (table) => table.zone.bucket === zone.bucket && (inside(prefix, table.prefix) || inside(table.prefix, prefix)),
    );
    if (taken !== undefined)
      throw new InvalidProps(
        'PlaceTaken',
        scope,
        `'prefix' must be a place of the table's own, got '${prefix}' beside '${taken.prefix}' of '${taken.name}'; choose another`,
      );
  }
}

const known = new WeakMap<IConstruct, MakerRights>();

/** Notes what a maker may do, where the tables that it is given find it. */
export const keepRights = (maker: IConstruct, rights: MakerRights): void => void known.set(maker, rights);

/** The rights of a maker; there are none of a construct that is none. */
export const rightsOf = (maker: IConstruct): MakerRights | undefined => known.get(maker);
