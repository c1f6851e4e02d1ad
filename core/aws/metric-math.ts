/** An expression of metric math. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Expression[] };

/** From the loosest: each binds its operands tighter than those before. */
const OPERATORS = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
] as const;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|[<>+\-*/(),[\]]))/y;

/**
 * Reads an expression; undefined where it says something that this does not know, such as a text.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  let next = 0;
  const take = (token: string): boolean => {
    const isNext = tokens[next] === token;
    if (isNext) next += 1;
    return isNext;
  };
  const list = (end: string): readonly Expression[] | undefined => {
    const parts: Expression[] = [];
    do {
      const part = operation(0);
      if (part === undefined) return undefined;
      parts.push(part);
    } while (take(','));
    return take(end) ? parts : undefined;
  };
  const operand = (): Expression | undefined => {
    const token = tokens[next];
    next += 1;
    if (token === undefined) return undefined;
    if (token === '(') {
      const inner = operation(0);
      return take(')') ? inner : undefined;
    }
    if (token === '[') {
      const parts = list(']');
      return parts === undefined ? undefined : { kind: 'call', name: '[]', parts };
    }
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (!/^\w/.test(token)) return undefined;
    if (!take('(')) return { kind: 'name', name: token };
    const parts = list(')');
    return parts === undefined ? undefined : { kind: 'call', name: token, parts };
  };
  const operation = (level: number): Expression | undefined => {
    const operators: readonly string[] | undefined = OPERATORS[level];
    if (operators === undefined) return operand();
    let left = operation(level + 1);
    for (let operator = tokens[next]; operator !== undefined && operators.includes(operator); operator = tokens[next]) {
      next += 1;
      const right = operation(level + 1);
      if (left === undefined || right === undefined) return undefined;
      left = { kind: 'operation', operator, left, right };
    }
    return left;
  };
  const expression = operation(0);
  return next === tokens.length ? expression : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (found === null) return undefined;
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return tokens;
}

/**
 * What the query with an id comes to, of metrics alone: each expression that it names is written out.
 *
 * @param textOf The expression of an id; undefined of a metric
 * @param within Ids that are being followed: one of them within itself has no value
 * @param known What was written out before
 * @returns undefined where an expression cannot be read, or names itself
 */
export function writtenOut(
  id: string,
  textOf: (id: string) => unknown,
  within: readonly string[] = [],
  known = new Map<string, Expression | undefined>(),
): Expression | undefined {
  const text = textOf(id);
  if (text === undefined) return { kind: 'name', name: id };
  if (known.has(id)) return known.get(id); // one that several name is one expression
  const parsed = typeof text === 'string' && !within.includes(id) ? parseExpression(text) : undefined;
  const written =
    parsed === undefined ? undefined : withNamed(parsed, (name) => writtenOut(name, textOf, [...within, id], known));
  known.set(id, written);
  return written;
}

/** An expression with what `of` gives in the place of each name. */
function withNamed(expression: Expression, of: (name: string) => Expression | undefined): Expression | undefined {
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name':
      return of(expression.name);
    case 'operation': {
      const [left, right] = [expression.left, expression.right].map((part) => withNamed(part, of));
      return left === undefined || right === undefined ? undefined : { ...expression, left, right };
    }
    case 'call': {
      const parts = expression.parts.map((part) => withNamed(part, of));
      return parts.every((part) => part !== undefined) ? { ...expression, parts } : undefined;
    }
  }
}
