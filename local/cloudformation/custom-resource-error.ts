/** A custom resource that could not be made, in the words of CloudFormation. */
export class CustomResourceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CustomResourceError';
  }
}
