import path from 'node:path';
import ts from 'typescript';

export const PAGE = 'docs/api.md';
const ENTRY = 'constructs/index.ts';

/** What a doc comment says, each part in one line. */
interface Said {
  readonly summary: string;
  /** The text after `@default`. */
  readonly byDefault?: string;
  readonly throws: readonly string[];
  readonly see: readonly string[];
}

/** A prop, a field, a property or a method. */
export interface Member extends Said {
  readonly name: string;
  /** As the source writes it; of a method its signature. */
  readonly type: string;
  readonly optional: boolean;
}

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
    file: path.relative(root, declaration.getSourceFile().fileName).split(path.sep).join('/'),
    text: textOf(declaration),
    members: membersOf(declaration, checker),
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

const signatureOf = (node: ts.Declaration): ts.SignatureDeclaration | undefined => {
  if (ts.isFunctionDeclaration(node)) return node;
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return value !== undefined && ts.isArrowFunction(value) ? value : undefined;
};

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

const signatureText = (node: ts.SignatureDeclaration): string =>
  `(${parameters(node)}): ${oneLine(node.type?.getText() ?? 'void')}`;

/** Names and types; what a signature takes apart is simply `props`, and a default makes a parameter optional. */
const parameters = (node: ts.SignatureDeclaration): string =>
  node.parameters
    .map(({ name, type, questionToken, initializer, dotDotDotToken }) => {
      const optional = questionToken !== undefined || initializer !== undefined;
      const shown = ts.isIdentifier(name) ? name.text : 'props';
      return `${dotDotDotToken === undefined ? '' : '...'}${shown}${optional ? '?' : ''}: ${oneLine(type?.getText() ?? typeOfDefault(initializer))}`;
    })
    .join(', ');

const typeOfDefault = (initializer: ts.Expression | undefined): string =>
  initializer !== undefined && ts.isStringLiteral(initializer) ? 'string' : 'unknown';

function basesOf(node: ts.Declaration): string[] {
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
}

function membersOf(node: ts.Declaration, checker: ts.TypeChecker): Member[] {
  if (ts.isInterfaceDeclaration(node)) return node.members.flatMap((member) => memberFrom(member, node, checker));
  if (!ts.isClassDeclaration(node)) return [];
  const ownProperties = node.members
    .filter((member) => ts.isConstructorDeclaration(member))
    .flatMap(({ parameters: taken }) =>
      taken.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, parameter.parent)),
    );
  return [...ownProperties, ...node.members.filter(isPublic)].flatMap((member) => memberFrom(member, node, checker));
}

const isOpen = (member: ts.ClassElement): boolean =>
  (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;

const isPublic = (member: ts.ClassElement): boolean => !ts.isConstructorDeclaration(member) && isOpen(member);

function memberFrom(
  member: ts.TypeElement | ts.ClassElement | ts.ParameterDeclaration,
  owner: ts.ClassDeclaration | ts.InterfaceDeclaration,
  checker: ts.TypeChecker,
): Member[] {
  const name = member.name?.getText();
  if (name === undefined) return [];
  const inherited = ts.isClassDeclaration(owner) ? promised(owner, name, checker) : undefined;
  const own = said(member);
  const shown = own.summary === '' && inherited !== undefined ? said(inherited) : own;
  const typed = member as { readonly type?: ts.TypeNode; readonly questionToken?: ts.Node };
  const type = ts.isMethodDeclaration(member)
    ? signatureText(member)
    : (typed.type?.getText() ?? (inherited as { readonly type?: ts.TypeNode } | undefined)?.type?.getText() ?? 'unknown');
  const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  const shownAs = isStatic ? `${owner.name?.text ?? ''}.${name}` : name;
  return [{ ...shown, name: shownAs, type: oneLine(type), optional: typed.questionToken !== undefined }];
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

/** Read from the comment's text: TypeScript takes a link after `@throws` for a type, and an address after `@see` for a name. */
function said(node: ts.Node): Said {
  const comment = ts.getJSDocCommentsAndTags(node).findLast((part) => ts.isJSDoc(part));
  const text = (comment?.getText() ?? '')
    .replaceAll(/^\/\*\*|\*\/$/g, '')
    .replaceAll(/^[ \t]*\*/gm, '')
    .replaceAll(/\{@link ([^}]+)\}/g, '`$1`');
  const [summary = '', ...tags] = text.split(/(?<=^|\s)@(?=[a-z])/);
  const tagged = (name: string) =>
    tags.filter((tag) => tag.split(/\s/, 1)[0] === name).map((tag) => oneLine(tag.slice(name.length)));
  const [byDefault] = tagged('default');
  return {
    summary: oneLine(summary),
    ...(byDefault === undefined ? {} : { byDefault }),
    throws: tagged('throws'),
    see: tagged('see'),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const KINDS = [
  ['class', 'Classes'],
  ['function', 'Functions'],
  ['interface', 'Interfaces'],
  ['type', 'Types'],
] as const satisfies readonly (readonly [Exported['kind'], string])[];

/** The reference of everything that the package exports, from its doc comments. */
export function apiPage(api: readonly Exported[] = readApi()): string {
  const names = new Set(api.map(({ name }) => name));
  const propsOf = new Map(api.filter(isProps).map((props) => [props.name, props]));
  const classes = new Set(api.filter(({ kind }) => kind === 'class').map(({ name }) => `${name}Props`));
  const shown = api.filter(({ name }) => !classes.has(name)); // props stand under their construct
  return [
    '# What `headwaters` exports',
    '',
    `Generated by \`npm run docs\` from the doc comments of what \`${ENTRY}\` exports; a test holds it fresh. Types are as the source writes them: \`kms.\`, \`s3.\` and so on are modules of \`aws-cdk-lib\`.`,
    'Small apps that use it: [`examples/`](../examples/).',
    '',
    ...KINDS.flatMap(([kind, title]) => [
      `## ${title}`,
      '',
      ...shown
        .filter((exported) => exported.kind === kind)
        .flatMap((exported) => section(exported, propsOf.get(`${exported.name}Props`), names)),
    ]),
  ].join('\n');
}

/** Whether it is what a construct takes. */
export const isProps = ({ kind, name }: Exported): boolean => kind === 'interface' && name.endsWith('Props');

function section(exported: Exported, props: Exported | undefined, names: ReadonlySet<string>): string[] {
  const { name, kind, text, members, file } = exported;
  const bases = exported.bases.filter((base) => names.has(base)); // that all constructs are constructs need not be said
  const isTable = kind === 'class' || kind === 'interface';
  return [
    `### ${name}`,
    '',
    `${escaped(exported.summary)}${afterwards(exported)}${bases.length === 0 ? '' : ` Also a ${bases.map(code).join(' and a ')}.`}`,
    '',
    ...(kind === 'interface' ? [] : ['```ts', text, '```', '']),
    ...(props === undefined ? [] : table('Prop', props.members)),
    ...(isTable ? table(kind === 'class' ? 'Member' : 'Field', members) : []),
    `[Source](../${file})`,
    '',
  ];
}

/** A table without the columns that nobody fills. */
function table(head: string, members: readonly Member[]): string[] {
  if (members.length === 0) return [];
  const hasDefaults = members.some(({ byDefault }) => byDefault !== undefined);
  const row = (cells: readonly string[]) =>
    `| ${cells
      .filter((_, index) => index !== 2 || hasDefaults)
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | ')} |`;
  return [
    row([head, 'Type', 'Default', 'What it is']),
    row(['---', '---', '---', '---']),
    ...members.map((member) =>
      row([
        `\`${member.name}${member.optional ? '?' : ''}\``,
        code(member.type),
        member.byDefault === undefined ? '' : defaultCell(member.byDefault),
        `${escaped(member.summary)}${afterwards(member)}`,
      ]),
    ),
    '',
  ];
}

/** A value is code; `- …` tells a behaviour. */
const defaultCell = (text: string): string => (text.startsWith('- ') ? escaped(text.slice(2)) : code(text));

const afterwards = ({ throws, see }: Said): string =>
  [...throws.map((text) => ` Throws ${escaped(text)}.`), ...see.map((address) => ` See <${address}>.`)].join('');

const code = (text: string): string => `\`${text}\``;

/** What stands in backticks is shown as it is. */
const escaped = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`');
