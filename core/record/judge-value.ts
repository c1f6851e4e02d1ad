import type { CompiledType } from './compiled-contract.ts';
import { arrayJudge, mapJudge, objectJudge } from './judge/containers.ts';
import { dateJudge, timeJudge, timestampJudge } from './judge/moments.ts';
import { decimalJudge, doubleJudge, integerJudge } from './judge/numbers.ts';
import { stringJudge } from './judge/texts.ts';
import { accept, refuse, type Circumstances, type Compile, type ValueJudge } from './judge/verdict.ts';
import { JsonNumber, type JsonValue } from './parse-json.ts';

/**
 * Compiles a type, and the closed list of its values where there is one, to the function that judges its values.
 *
 * @param unknownField Called for each attribute that the contract lacks
 */
export const valueJudge = (
  type: CompiledType,
  column: { readonly validValues?: readonly string[] | undefined },
  unknownField: () => void,
): ValueJudge => compile(type, column, { unknownField, canonical: false });

const compile: Compile = (type, { validValues }, circumstances) => {
  if (type.kind === 'string') return stringJudge(type, validValues);
  if (validValues === undefined) return typeJudge(type, circumstances);
  const judge = typeJudge(type, { ...circumstances, canonical: true });
  const listed = new Set(
    validValues.flatMap((text) => {
      const verdict = judge(readListed(type, text));
      return 'json' in verdict ? [verdict.json] : [];
    }),
  );
  return (value) => {
    const verdict = judge(value);
    return 'reason' in verdict || listed.has(verdict.json) ? verdict : refuse('not-listed');
  };
};

function typeJudge(type: Exclude<CompiledType, { kind: 'string' }>, circumstances: Circumstances): ValueJudge {
  switch (type.kind) {
    case 'integer':
      return integerJudge(type);
    case 'double':
      return doubleJudge(type, circumstances);
    case 'decimal':
      return decimalJudge(type);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? accept(String(value)) : refuse('wrong-type'));
    case 'date':
      return dateJudge(type);
    case 'time':
      return timeJudge(type);
    case 'timestamp':
      return timestampJudge(type);
    case 'array':
      return arrayJudge(type, circumstances, compile);
    case 'object':
      return objectJudge(type, circumstances, compile);
    case 'map':
      return mapJudge(type, circumstances, compile);
  }
}

/** A listed text as an event would hold it. */
function readListed({ kind }: CompiledType, text: string): JsonValue {
  switch (kind) {
    case 'integer':
    case 'double':
    case 'decimal':
      return new JsonNumber(text);
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text);
    default:
      return text;
  }
}
