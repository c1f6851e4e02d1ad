import { parseExpression } from '../../../core/aws/metric-math.ts';

test.each(["SELECT AVG(CPU) FROM SCHEMA('AWS/EC2')", 'SUM(METRICS())', 'a +', '(a', 'a b', '', '-a'])(
  "is not read: '%s'",
  (text) => {
    expect(parseExpression(text)).toBe(undefined);
  },
);
