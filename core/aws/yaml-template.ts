import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';

/**
 * A template in YAML as it is in JSON, short forms of intrinsic functions written out.
 *
 * @throws Error where the text is no YAML
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function parseYamlTemplate(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return valueOf(document.contents, document);
}

/** Aliases are followed this deep: one that holds itself has no end. */
const DEEPEST = 100;

function valueOf(node: unknown, document: Document, depth = 0): unknown {
  if (depth > DEEPEST) throw new Error(`it is deeper than ${DEEPEST} levels`);
  if (isAlias(node)) return valueOf(node.resolve(document), document, depth + 1);
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
  return spelledOut(node.tag, plainValue(node, document, depth + 1));
}

function plainValue(node: unknown, document: Document, depth: number): unknown {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String(valueOf(key, document, depth)), valueOf(value, document, depth)]),
    );
  if (isSeq(node)) return node.items.map((item) => valueOf(item, document, depth));
  return isScalar(node) ? (isAccount(node.source) ? node.source : node.value) : undefined;
}

/** An account without quotes reads as a number, and is a name. */
const isAccount = (source: string | undefined): source is string => source !== undefined && /^\d{12}$/.test(source);

/** `!Ref` and `!Condition` have no prefix in JSON, and `!GetAtt` takes a text that is a list there. */
function spelledOut(tag: string | undefined, value: unknown): unknown {
  const name = /^!(\w+)$/.exec(tag ?? '')?.[1];
  if (name === undefined) return value;
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? attributeOf(value) : value };
}

const attributeOf = (text: string): readonly string[] => {
  const [id = '', ...attribute] = text.split('.');
  return [id, attribute.join('.')];
};
