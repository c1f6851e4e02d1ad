/** A column, table or database as Trino's SQL names it: contracts call nothing by a quote. */
export const quotedName = (name: string): string => `"${name}"`;
