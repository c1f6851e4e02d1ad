import ts from 'typescript';
import { oneLine } from './doc-comment.ts';

/** The signature of a function, however it is written. */
export const signatureOf = (node: ts.Declaration): ts.SignatureDeclaration | undefined => {
  if (ts.isFunctionDeclaration(node)) return node;
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return value !== undefined && ts.isArrowFunction(value) ? value : undefined;
};

/** Parameters and result. */
export const signatureText = (node: ts.SignatureDeclaration): string =>
  `(${parameters(node)}): ${oneLine(node.type?.getText() ?? 'void')}`;

/** Names and types; what a signature takes apart is simply `props`, and a default makes a parameter optional. */
export const parameters = (node: ts.SignatureDeclaration): string =>
  node.parameters
    .map(({ name, type, questionToken, initializer, dotDotDotToken }) => {
      const optional = questionToken !== undefined || initializer !== undefined;
      const shown = ts.isIdentifier(name) ? name.text : 'props';
      return `${dotDotDotToken === undefined ? '' : '...'}${shown}${optional ? '?' : ''}: ${oneLine(type?.getText() ?? typeOfDefault(initializer))}`;
    })
    .join(', ');

const typeOfDefault = (initializer: ts.Expression | undefined): string =>
  initializer !== undefined && ts.isStringLiteral(initializer) ? 'string' : 'unknown';
