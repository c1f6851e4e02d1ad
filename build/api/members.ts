import path from 'node:path';
import ts from 'typescript';
import { oneLine, said, type Said } from './doc-comment.ts';
import { signatureText } from './signature.ts';

/** A prop, a field, a property or a method. */
export interface Member extends Said {
  readonly name: string;
  /** As the source writes it; of a method its signature. */
  readonly type: string;
  readonly optional: boolean;
  /** File that declares it, from the repository: another one than its owner's, where it is inherited. */
  readonly file: string;
}

/** What the sources are read with. */
export interface Sources {
  readonly checker: ts.TypeChecker;
  /** The repository. */
  readonly root: string;
}

/** What a class or an interface offers, inherited or its own. */
export function membersOf(node: ts.Declaration, sources: Sources): Member[] {
  if (ts.isInterfaceDeclaration(node)) {
    const own = node.members.flatMap((member) => memberFrom(member, node, sources));
    return [...own, ...inheritedMembers(node, sources).filter(({ name }) => own.every((member) => member.name !== name))];
  }
  if (!ts.isClassDeclaration(node)) return [];
  const ownProperties = node.members
    .filter((member) => ts.isConstructorDeclaration(member))
    .flatMap(({ parameters: taken }) =>
      taken.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent)),
    );
  return [...ownProperties, ...node.members.filter(isPublic)].flatMap((member) => memberFrom(member, node, sources));
}

/** What an interface takes over from the project's own: what it says of them stands once, and on every page. */
const inheritedMembers = (node: ts.InterfaceDeclaration, sources: Sources): Member[] =>
  (node.heritageClauses ?? []).flatMap(({ types }) => types.flatMap((type) => membersOfBase(type, sources)));

function membersOfBase(base: ts.ExpressionWithTypeArguments | ts.TypeNode, sources: Sources): Member[] {
  if (!ts.isExpressionWithTypeArguments(base) && !ts.isTypeReferenceNode(base)) throw unknownBase(base);
  const name = ts.isTypeReferenceNode(base) ? base.typeName : base.expression;
  const [of, keys] = base.typeArguments ?? [];
  const picks = name.getText() === 'Pick';
  if ((picks || name.getText() === 'Omit') && of !== undefined && keys !== undefined) {
    const named = keysIn(keys);
    return membersOfBase(of, sources).filter((member) => named.includes(member.name) === picks);
  }
  const declaration = declarationOf(name, sources.checker);
  if (declaration === undefined) return []; // of a library
  if (ts.isInterfaceDeclaration(declaration)) return membersOf(declaration, sources);
  if (ts.isTypeAliasDeclaration(declaration)) return membersOfBase(declaration.type, sources);
  throw unknownBase(base);
}

const unknownBase = (base: ts.Node): Error =>
  new Error(`'${base.getText()}' is inherited; the page knows interfaces, and Omit and Pick of them`);

/** The names that `Omit` or `Pick` is given. */
function keysIn(node: ts.TypeNode): string[] {
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(keysIn);
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return [node.literal.text];
  throw new Error(`'${node.getText()}' names members; the page knows texts alone`);
}

/** Where a name is declared, past its import. */
function declarationOf(name: ts.Node, checker: ts.TypeChecker): ts.Declaration | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  const aliased = symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return aliased?.declarations?.[0];
}

/** Whether others may use it. */
export const isOpen = (member: ts.ClassElement): boolean =>
  (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;

const isPublic = (member: ts.ClassElement): boolean => !ts.isConstructorDeclaration(member) && isOpen(member);

function memberFrom(
  member: ts.TypeElement | ts.ClassElement | ts.ParameterDeclaration,
  owner: ts.ClassDeclaration | ts.InterfaceDeclaration,
  { checker, root }: Sources,
): Member[] {
  const name = member.name?.getText();
  if (name === undefined) return [];
  const inherited = ts.isClassDeclaration(owner) ? promised(owner, name, checker) : undefined;
  const own = said(member);
  const shown = own.summary === '' && inherited !== undefined ? said(inherited) : own;
  const typed = member as { readonly type?: ts.TypeNode; readonly questionToken?: ts.Node };
  const type = ts.isMethodDeclaration(member)
    ? signatureText(member)
    : (typed.type ?? (inherited as { readonly type?: ts.TypeNode } | undefined)?.type)?.getText();
  if (type === undefined)
    throw new Error(`'${owner.name?.text ?? ''}.${name}' has no type that the page could show; write it in the source`);
  const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  const shownAs = isStatic ? `${owner.name?.text ?? ''}.${name}` : name;
  return [
    { ...shown, name: shownAs, type: oneLine(type), optional: typed.questionToken !== undefined, file: fileOf(member, root) },
  ];
}

/** What an interface of the class says about one of its members. */
function promised(owner: ts.ClassDeclaration, name: string, checker: ts.TypeChecker): ts.Declaration | undefined {
  const interfaces = (owner.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
    .flatMap(({ types }) => [...types]);
  return interfaces
    .map((type) => checker.getTypeAtLocation(type).getProperty(name)?.declarations?.[0])
    .find((declaration) => declaration !== undefined);
}

/** A file, from the repository. */
export const fileOf = (node: ts.Node, root: string): string =>
  path.relative(root, node.getSourceFile().fileName).split(path.sep).join('/');
