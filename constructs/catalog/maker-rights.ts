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

export interface MakerRightsProps {
  readonly actor: ActorRole;
  readonly databaseName: string;
  /** Where every table lies. @default - each says its own */
  readonly place: Pick<MadeTable, 'zone' | 'prefix'> | undefined;
  /** Whether the maker may take tables from the catalog. */
  readonly destroys: boolean;
}

/** What a maker of tables may do: each table's entry in the catalog, and the metadata beside its data. */
export class MakerRights {
  readonly destroys: boolean;
  private readonly tables: MadeTable[] = [];
  /** By their sid: another table is a resource more. */
  private readonly statements = new Map<string, iam.PolicyStatement>();

  constructor(private readonly props: MakerRightsProps) {
    const { actor, databaseName } = props;
    this.destroys = props.destroys;
    if (!props.destroys) return;
    // CloudFormation takes a table's rights away before it asks for its deletion: they are of the whole database
    const { catalog, database, table } = catalogArns(actor, databaseName);
    actor.add(allow('RemoveTables', ['glue:DeleteTable'], [catalog, database, table('*')]));
  }

  /**
   * Opens one table.
   *
   * @param scope What wants it, which must come after the rights that it is given
   * @throws {@link InvalidProps} `TableTwice`, `PlaceTaken`, `PlaceOutside`
   */
  public open(scope: Construct, table: MadeTable): void {
    this.refuseNeighbours(scope, table);
    this.tables.push(table);
    const { actor, databaseName, place } = this.props;
    const arns = catalogArns(actor, databaseName);
    const catalog = [arns.catalog, arns.database];
    const prefix = place === undefined ? table.prefix : `${place.prefix}/*`;
    this.allow('MakeTables', ['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'], catalog, arns.table(table.name));
    this.allow('WriteMetadata', ['s3:GetObject', 's3:PutObject'], [], table.zone.bucket.arnForObjects(`${prefix}/metadata/*`));
    this.allowKey(table.zone);
    scope.node.addDependency(actor.policy);
  }

  private allow(sid: string, actions: readonly string[], always: readonly string[], resource: string): void {
    const standing = this.statements.get(sid);
    if (standing === undefined) this.add(sid, allow(sid, actions, [...always, resource]));
    else if (!standing.resources.includes(resource)) standing.addResources(resource);
  }

  private allowKey(zone: LakeZone): void {
    const sid = `UseZoneKey of ${zone.bucket.node.addr}`;
    if (!this.statements.has(sid))
      this.add(sid, allowZoneKey(this.props.actor, 'UseZoneKey', zone, ['kms:Decrypt', 'kms:GenerateDataKey']));
  }

  private add(sid: string, statement: iam.PolicyStatement): void {
    this.statements.set(sid, statement);
    this.props.actor.add(statement);
  }

  private refuseNeighbours(scope: Construct, { name, zone, prefix }: MadeTable): void {
    if (this.tables.some((table) => table.name === name))
      throw new InvalidProps('TableTwice', scope, `'name' must be of one table of its database, got '${name}' twice; rename one`);
    const { place } = this.props;
    if (place !== undefined && (zone.bucket !== place.zone.bucket || !prefix.startsWith(`${place.prefix}/`)))
      throw new InvalidProps(
        'PlaceOutside',
        scope,
        `'prefix' must begin with the maker's '${place.prefix}/', in its zone, got '${prefix}'; choose another, or a maker without a prefix`,
      );
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
