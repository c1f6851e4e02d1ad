/**
 * Whether an alarm's expression is a query of Metrics Insights, and not metric math; one that only a deployment puts together too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
export const isMetricsQuery = (expression: unknown): boolean => /\bSELECT\b/i.test(JSON.stringify(expression ?? ''));
