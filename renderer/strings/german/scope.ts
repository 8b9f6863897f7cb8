import type { scope as english } from '../english/scope.ts';
import { translateTemplates } from '../translateTemplates.ts';
import { provided } from './provided.ts';

/** By the English text, `{}` being a name. */
export const scopeTexts = {
  'This execution': 'Diese Ausführung',
  'Id of the running execution': 'ID der laufenden Ausführung',
  'Pipeline variables': 'Variablen der Pipeline',
  'Default: {}': 'Standard: {}',
  'A start gives its value': 'Der Start gibt ihr den Wert',
  'A source action cannot use pipeline variables.':
    'Eine Source-Action kann die Variablen der Pipeline nicht verwenden.',
  'An action cannot use its own variables.': 'Eine Action kann ihre eigenen Variablen nicht verwenden.',
  '{} runs later.': '{} läuft später.',
  '{} runs after the entry into its stage is decided.':
    '{} läuft erst, wenn über den Eintritt in die Stage entschieden ist.',
  '{} runs side by side with it (run order {}).': '{} läuft gleichzeitig (Run Order {}).',
  'Output variable of its commands': 'Ausgabevariable ihrer Befehle',
  'Exported by its buildspec': 'Von ihrem Buildspec exportiert',
  'Given by its local stand-in; AWS may name others': 'Vom lokalen Ersatz angegeben; in AWS können es andere sein',
  'Used elsewhere in this pipeline': 'An anderer Stelle dieser Pipeline verwendet',
  'No action has the namespace "{}".': 'Keine Action hat den Namespace „{}“.',
  '{} has no variable "{}".': '{} hat keine Variable „{}“.',
};

const say = translateTemplates(scopeTexts, {});

export const scope: typeof english = {
  text: (text) => {
    const helped = provided.text(text);
    return helped === text ? say(text) : helped;
  },
};
