import type { messages as english } from '../english/messages.ts';
import { translateTemplates } from '../translateTemplates.ts';
import { fields } from './problems/fields.ts';
import { fixes } from './problems/fixes.ts';
import { phrases } from './problems/phrases.ts';
import { structure } from './problems/structure.ts';
import { texts } from './problems/texts.ts';

export const messages: typeof english = {
  text: translateTemplates({ ...structure, ...fields, ...texts, ...fixes }, phrases),
};
