/** What ODCS says of a type that holds one value. */
export interface TypePart {
  readonly logicalType: string;
  readonly physicalType?: string;
  readonly logicalTypeOptions?: Readonly<Record<string, string | number | boolean>>;
}

/** A column or a field of an ODCS document, in the order in which it is written. */
export interface PropertyPart extends TypePart {
  readonly name?: string;
  readonly primaryKey?: true;
  readonly required?: true;
  readonly classification?: 'confidential' | 'restricted';
  readonly tags?: readonly string[];
  readonly customProperties?: readonly { readonly property: string; readonly value: unknown }[];
  readonly quality?: readonly object[];
  readonly properties?: readonly PropertyPart[];
  readonly items?: PropertyPart;
}

/** Something that a person is told beside a part of the document. */
export interface Remark {
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** Whether a person has to settle it. */
  readonly confirm: boolean;
  /** The column it is about, as a dotted path. */
  readonly column?: string;
}
