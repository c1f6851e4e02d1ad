interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What has to change in a text, noted from its start to its end: most documents are rows as they come, and are never copied. */
export class Edits {
  private edits: Edit[] = [];

  constructor(private readonly text: string) {}

  replace(from: number, to: number, text: string): void {
    this.edits.push({ from, to, text });
  }

  /** Leaves a part out, with whatever was to change in it. */
  remove(from: number, to: number): void {
    while ((this.edits.at(-1)?.to ?? 0) > from) this.edits.pop();
    this.replace(from, to, '');
  }

  /** The text with its changes; the same string where there are none. */
  applied(): string {
    if (this.edits.length === 0) return this.text;
    let made = '';
    let copied = 0;
    for (const { from, to, text } of this.edits) {
      made += this.text.slice(copied, from) + text;
      copied = to;
    }
    return made + this.text.slice(copied);
  }
}
