/**
 * A column's name as the engine's plan shows it: the plan names neither tables nor files, and these names say both the table's and the
 * column's place.
 */
export const planName = (table: number, column: number): string => `hw${table}_${column}_`;
