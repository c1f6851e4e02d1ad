import { ServiceError } from '../service.ts';

/** A body taken out of its chunks, and the trailers that followed, names in lower case. */
export interface Unchunked {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/** The longest line between chunks, in bytes; what is longer is no line of this encoding. */
const LONGEST_LINE = 8192;

const malformed = (): ServiceError =>
  new ServiceError('IncompleteBody', 'The request body is not well-formed aws-chunked content');

/** Decodes `aws-chunked` as it comes: chunks of `<hex length>[;extension]\r\n<bytes>\r\n`, closed by an empty one and trailers. */
export class ChunkDecoder {
  private readonly trailers = new Map<string, string>();
  private expects: 'length' | 'bytes' | 'gap' | 'trailer' | 'nothing' = 'length';
  /** Bytes of the chunk that are to come. */
  private left = 0;
  private line = '';

  /** The bytes that a piece of the body holds. @throws ServiceError IncompleteBody */
  *decode(piece: Buffer): Iterable<Buffer> {
    for (let at = 0; at < piece.length && this.expects !== 'nothing';) {
      if (this.expects === 'bytes') {
        const bytes = piece.subarray(at, at + this.left);
        at += bytes.length;
        this.left -= bytes.length;
        if (this.left === 0) this.expects = 'gap';
        yield bytes;
      } else {
        at = this.readLine(piece, at);
      }
    }
  }

  /** The trailers, once the body has ended. @throws ServiceError IncompleteBody where it ended too early */
  end(): Readonly<Record<string, string>> {
    const ended = this.expects === 'nothing' || (this.expects === 'trailer' && this.line === '');
    if (!ended) throw malformed();
    return Object.fromEntries(this.trailers);
  }

  private readLine(piece: Buffer, at: number): number {
    const end = piece.indexOf('\n', at);
    const upTo = end < 0 ? piece.length : end + 1;
    this.line += piece.toString('latin1', at, upTo);
    if (this.line.length > LONGEST_LINE) throw malformed();
    if (end >= 0) {
      if (!this.line.endsWith('\r\n')) throw malformed();
      const line = this.line.slice(0, -2);
      this.line = '';
      this.take(line);
    }
    return upTo;
  }

  private take(line: string): void {
    if (this.expects === 'gap') {
      if (line !== '') throw malformed();
      this.expects = 'length';
    } else if (this.expects === 'trailer') {
      const colon = line.indexOf(':');
      if (line === '') this.expects = 'nothing';
      else if (colon < 1) throw malformed();
      else this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    } else {
      const [length = ''] = line.split(';');
      if (!/^[0-9a-f]{1,8}$/i.test(length)) throw malformed();
      this.left = Number.parseInt(length, 16);
      this.expects = this.left === 0 ? 'trailer' : 'bytes';
    }
  }
}

/** Decodes a whole body. @throws ServiceError IncompleteBody */
export function unchunk(raw: Buffer): Unchunked {
  const decoder = new ChunkDecoder();
  const pieces = [...decoder.decode(raw)];
  const trailers = decoder.end();
  const [only] = pieces;
  return { body: pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces), trailers };
}
