import type { state as english } from '../english/state.ts';
import { plural } from '../strings.ts';

export const state: typeof english = {
  untitled: 'Unbenannt',
  notLost: 'Die Änderungen sind noch hier.',
  overwrite: 'Datei überschreiben',
  hasFault: 'Der Text hat einen Fehler; die Zeichnung zeigt den letzten lesbaren Stand.',
  mendFirst: 'Erst im Reiter Code beheben.',
  readAgain: (name) => `${name} wurde von einem anderen Programm geändert und neu gelesen.`,

  merge: 'Mit der Datei zusammenführen',
  takeFile: 'Neu von der Platte lesen',
  editText: 'Text bearbeiten',

  gone: (path) => `${path} ist nicht mehr da.`,
  saveBringsBack: 'Die Änderungen sind hier; Speichern bringt die Datei zurück.',
  recovered: (count) =>
    count === 1
      ? 'Nicht gespeicherte Änderungen wurden wiederhergestellt.'
      : `Nicht gespeicherte Änderungen von ${plural(count, 'Dokument', 'Dokumenten')} wurden wiederhergestellt.`,
  recoveredHow: 'Rückgängig geht wie zuvor. In die Dateien wurde nichts geschrieben.',
};
