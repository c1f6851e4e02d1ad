import { QueryProtocol } from '../../../local/endpoint/query-protocol.ts';
import { ServiceError } from '../../../local/service.ts';
import { SENDER, SqsRig } from './rig.ts';

/** What a form is answered: its status, and its document without the namespace and the id of the request. */
export interface Told {
  readonly status: number;
  readonly text: string;
}

/** SQS by itself, asked over forms as `SENDER`. */
export class FormRig extends SqsRig {
  private readonly protocol = new QueryProtocol([this.queues.forms]);

  /** @param url Whose path is asked; the service's own where there is none */
  async form(Action: string, fields: Readonly<Record<string, string>> = {}, url = 'http://127.0.0.1:4000/'): Promise<Told> {
    const request = {
      method: 'POST',
      path: new URL(url).pathname,
      query: [],
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams({ Action, Version: '2012-11-05', ...fields }).toString()),
    };
    const answer = async () => this.protocol.answer(request, { caller: SENDER, service: 'sqs', requestId: 'r' });
    const { status, body } = await answer().catch((error: unknown) => {
      if (error instanceof ServiceError) return this.protocol.refuse(error, 'r');
      throw error;
    });
    const text = (typeof body === 'string' ? body : '')
      .replace('<?xml version="1.0" encoding="UTF-8"?>\n', '')
      .replace(' xmlns="http://queue.amazonaws.com/doc/2012-11-05/"', '')
      .replace(/<ResponseMetadata>.*<\/ResponseMetadata>|<RequestId>.*<\/RequestId>/, '');
    return { status, text };
  }
}

/** The texts of all elements of one name. */
export const elements = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, content = '']) => content);

/** How a refusal is written. */
export const refused = (status: number, code: string, message: string): Told => ({
  status,
  text: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message><Detail></Detail></Error></ErrorResponse>`,
});
