import type { exportPicture as english } from '../english/exportPicture.ts';

export const exportPicture: typeof english = {
  title: 'Bild exportieren',
  save: (format) => `${format} speichern …`,
  saved: (path) => `${path} gespeichert.`,
  format: 'Format',
  colours: 'Farben',
  themes: { light: 'Hell', dark: 'Dunkel' },
  preview: (pipelineName) => `Vorschau der Pipeline ${pipelineName}`,
  conditions: {
    BEFORE_ENTRY: 'Bedingung vor dem Eintritt',
    ON_SUCCESS: 'Bedingung bei Erfolg',
    ON_FAILURE: 'Bedingung bei Fehlschlag',
  },
  hints: {
    svg: 'Scharf in jeder Größe; für Webseiten und Zeichenprogramme.',
    png: 'Pixel, doppelt so fein wie auf dem Bildschirm.',
    pdf: 'Eine Seite zum Drucken oder Anhängen; ihr Text lässt sich durchsuchen.',
  },
};
