/** A date of ISO 8601, with or without a time of day and its zone. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * One text for all forms in which a template may write an instant, in UTC where no zone is said; anything else as it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html
 */
export function instantOf(value: unknown): unknown {
  const [, day, time = '00:00', zone = 'Z'] = (typeof value === 'string' ? DATE.exec(value) : undefined) ?? [];
  const instant = day === undefined ? NaN : Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(instant) ? value : new Date(instant).toISOString();
}
