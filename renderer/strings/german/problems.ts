import type { problems as english } from '../english/problems.ts';
import { plural } from '../strings.ts';

const some = (count: number) => plural(count, 'Problem', 'Probleme');

export const problems: typeof english = {
  none: 'Keine Probleme. Diese Pipeline kann hier laufen und an AWS übertragen werden.',
  list: 'Probleme',
  advice: 'Hinweise',
  adviceNote: 'AWS nimmt die Pipeline, wie sie ist; das hier ginge besser.',
  severity: { error: 'Fehler', warning: 'Warnung', advice: 'Hinweis' },
  line: (line) => `Zeile ${line}`,
  pipeline: 'Pipeline',

  fixes: 'Abhilfen',
  moreFixes: (what) => `Weitere Abhilfen: ${what}`,
  fixAll: (count) => `Alle ${count} dieser Art beheben`,
  show: 'Stelle zeigen',

  fixed: (title) => `Behoben: ${title}.`,
  fixedMany: (count) => `${some(count)} behoben.`,
  someLeft: (count, left) =>
    `${some(count)} behoben; ${left} dieser Art ${left === 1 ? 'ist' : 'sind'} von Hand zu lösen.`,
  andMore: (title, more) => `${title} und ${more} weitere`,

  faultFirst: 'Der Text hat einen Fehler, der zuerst behoben werden muss.',
  nothingHere: 'Nichts Ausgewähltes hat ein Problem.',
};
