/** What is wrong with an expression, in DynamoDB's words, without the name of the parameter that holds it. */
export class Problem extends Error {}

/** Of many things wrong with one expression DynamoDB tells one: by their kind, and of a kind the first. */
export class Problems<Kind extends string> {
  private readonly found = new Map<Kind, string>();

  /** @param order Of the kinds: the first is told before all others */
  constructor(private readonly order: readonly Kind[]) {}

  note(kind: Kind, message: string): void {
    if (!this.found.has(kind)) this.found.set(kind, message);
  }

  /** What would be told. */
  get told(): string | undefined {
    const kind = this.order.find((each) => this.found.has(each));
    return kind === undefined ? undefined : this.found.get(kind);
  }

  /** @throws Problem */
  check(): void {
    const { told } = this;
    if (told !== undefined) throw new Problem(told);
  }
}
