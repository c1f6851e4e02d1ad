/** A decimal as Trino writes it: the engine leaves out the zero before the point where a type has no digits there. */
export const decimalText = (written: string): string => written.replace(/^(-?)\./, '$10.');
