import type { Edit } from './assembly.ts';

const ENVELOPE = /^\/\* Presto View: (.+) \*\/$/;

/** Makes every readers' view choose between copies of one event otherwise. @param spoil What to put for what stands after `ORDER BY` */
export const orderedBy =
  (spoil: (order: string) => string): Edit =>
  (resources) => {
    let found = 0;
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type !== 'AWS::Glue::Table') continue;
      const table = Properties.TableInput as { ViewOriginalText?: string };
      const encoded = ENVELOPE.exec(table.ViewOriginalText ?? '')?.[1];
      if (encoded === undefined) continue;
      const view = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { originalSql: string };
      const sql = view.originalSql.replace(/(?<=ORDER BY ).*(?=\) AS "_copy")/, spoil);
      if (sql === view.originalSql) throw new TypeError('a view does not order copies');
      table.ViewOriginalText = `/* Presto View: ${Buffer.from(JSON.stringify({ ...view, originalSql: sql })).toString('base64')} */`;
      found += 1;
    }
    if (found === 0) throw new TypeError('no table is a view');
  };
