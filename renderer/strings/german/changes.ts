import type { changes as english } from '../english/changes.ts';

export const changes: typeof english = {
  none: 'Noch nichts geändert. Jeder Schritt wird hier stehen, und zu jedem führt ein Weg zurück.',
  list: 'Änderungen, neueste zuerst',
  older: 'Ältere Änderungen zeigen',
  opened: 'Wie geöffnet',
  goBack: 'Bis hierher zurück',
  doAgain: 'Wiederherstellen',
  undone: 'rückgängig gemacht',
  difference: 'Unterschied',
  differenceOf: (label) => `Unterschied: ${label}`,
  typedIn: (label, where) => `${label}: ${where}`,
  keptBeside: 'steht neben der Pipeline-Datei',

  meaning: 'Was sich geändert hat',
  onlyWritten: 'Nur die Schreibweise: Leerraum, Kommentare oder Reihenfolge.',
  notReadable: 'Davor oder danach hat der Text einen Fehler; vergleichen lässt sich nur der Wortlaut.',
};
