import { type Namespace, variableScope } from '../../../shared/references/variableScope.ts';
import { strings } from '../../strings/strings.ts';

const said = (text: string): string => strings.scope.text(text);

/** variableScope, in the language of the window. */
export const scopeAt = (...at: Parameters<typeof variableScope>): Namespace[] =>
  variableScope(...at).map(({ title, keys, dynamic, reason, ...rest }) => ({
    ...rest,
    title: said(title),
    keys: keys.map(({ key, help }) => ({ key, help: said(help) })),
    dynamic: dynamic === undefined ? undefined : said(dynamic),
    ...(reason !== undefined && { reason: said(reason) }),
  }));
