import path from 'node:path';
import ts from 'typescript';
import { said, type Said } from './doc-comment.ts';
import { fileOf, isOpen, membersOf, type Member } from './members.ts';
import { parameters, signatureOf, signatureText } from './signature.ts';

/** What the package offers. */
export const ENTRY = 'constructs/index.ts';

/** Something that the package's entry exports. */
export interface Exported extends Said {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'interface' | 'type';
  /** File that declares it, from the repository. */
  readonly file: string;
  readonly text: string;
  readonly members: readonly Member[];
  /** Names of the interfaces and classes that it adds to. */
  readonly bases: readonly string[];
}

/** Everything that the package's entry exports, by name. */
export function readApi(root: string = process.cwd()): readonly Exported[] {
  const program = ts.createProgram([path.join(root, ENTRY)], OPTIONS, ownFilesOnly());
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(path.join(root, ENTRY));
  const module = entry === undefined ? undefined : checker.getSymbolAtLocation(entry);
  if (module === undefined) throw new Error(`${ENTRY} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => describe(symbol, checker, root))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  noLib: true,
  types: [],
};

/** Types are shown as the source writes them, so the CDK's own declarations need not be read: that would take seconds. */
function ownFilesOnly(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS, true);
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith('.')
        ? { resolvedFileName: path.resolve(path.dirname(containing), text), extension: ts.Extension.Ts }
        : undefined,
    }));
  return host;
}

function describe(exported: ts.Symbol, checker: ts.TypeChecker, root: string): Exported {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) throw new Error(`nothing declares ${exported.name}`);
  const own = said(documented(declaration));
  const atExport = (exported.declarations ?? []).map(said).find(({ summary }) => summary !== ''); // where the entry exports it by name
  return {
    ...(atExport ?? own),
    name: exported.name,
    kind: kindOf(declaration),
    file: fileOf(declaration, root),
    text: textOf(declaration),
    members: membersOf(declaration, { checker, root }),
    bases: basesOf(declaration),
  };
}

function kindOf(node: ts.Declaration): Exported['kind'] {
  if (ts.isClassDeclaration(node)) return 'class';
  if (ts.isInterfaceDeclaration(node)) return 'interface';
  if (ts.isTypeAliasDeclaration(node)) return 'type';
  if (signatureOf(node) !== undefined) return 'function';
  throw new Error(`'${node.getText()}' is neither a class, a function nor a type; the page does not know how to show it`);
}

/** The doc comment of a constant stands before its statement. */
const documented = (node: ts.Declaration): ts.Node => (ts.isVariableDeclaration(node) ? node.parent.parent : node);

function textOf(node: ts.Declaration): string {
  const signature = signatureOf(node);
  if (signature !== undefined && (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)))
    return `${node.name?.getText() ?? ''}${signatureText(signature)}`;
  if (ts.isClassDeclaration(node)) {
    const made = node.members.find((member) => ts.isConstructorDeclaration(member));
    if (made !== undefined && !isOpen(made)) return `class ${node.name?.getText() ?? ''}`; // made by its static members
    return `new ${node.name?.getText() ?? ''}(${made === undefined ? '' : parameters(made)})`;
  }
  return node.getText().replace(/^export /, '');
}

function basesOf(node: ts.Declaration): string[] {
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
}
