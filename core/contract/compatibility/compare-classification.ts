import { CLASSIFICATIONS, type Classification } from '../model.ts';
import { breaking, type Change } from './change.ts';
import { fromTo } from './words.ts';

/** Who may see a column follows its classification, of what is stored as of what will be. */
export function compareClassification(before: Classification, after: Classification, path: string): readonly Change[] {
  const closer = CLASSIFICATIONS.indexOf(after) - CLASSIFICATIONS.indexOf(before);
  if (closer === 0) return [];
  const words = fromTo(before, after);
  return closer < 0
    ? [
        breaking(
          'ClassificationLowered',
          path,
          ['privacy'],
          `${words}: more people may see it`,
          'have the owner of the data decide it; what is stored already is opened as well',
        ),
      ]
    : [
        breaking(
          'ClassificationRaised',
          path,
          ['readers'],
          `${words}: readers who are cleared for less lose it`,
          'clear the readers who still need it before it is released',
        ),
      ];
}
