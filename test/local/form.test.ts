import { readForm } from '../../local/form.ts';
import { FormRig, refused } from './sqs/forms.ts';

test('a name that goes on without end is refused as any other', () => {
  const fields = new Map([[`Name${'.1'.repeat(500_000)}`, 'x']]);
  const known = { fields: { Name: 'text' } } as const;
  expect(() => readForm(fields, known, (name) => new Error(`not ${name}`))).toThrow(/^not Name(\.1){126}$/);
});

test('a path that is no text is that of no queue', async () => {
  const rig = new FormRig();
  const url = await rig.queue('orders');
  const at = (path: string) => rig.form('SendMessage', { MessageBody: 'x' }, new URL(path, url).href);
  expect(await at('/%zz')).toEqual(refused(400, 'MissingParameter', 'The request must contain the parameter QueueUrl.'));
  expect((await at('/123456789012/%6Frders')).status).toBe(200);
});
