import type { ResourceType } from '../resource-type.ts';

/** A stack within a stack, as the CDK's NestedStack makes it. */
export const nestedStack: ResourceType = {
  acted: ['Parameters', 'TemplateURL'],
  recorded: ['NotificationARNs', 'Tags', 'TimeoutInMinutes'],
  create: async (properties, creation) => {
    const { id, outputs } = await creation.nest({
      url: properties.text('TemplateURL'),
      parameters: properties.textMap('Parameters'),
    });
    return {
      ref: id,
      attributes: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`Outputs.${name}`, value])),
    };
  },
};
