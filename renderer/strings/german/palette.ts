import type { palette as english } from '../english/palette.ts';

export const palette: typeof english = {
  title: 'Actions',
  filter: 'Filtern',
  filterLabel: 'Action-Typen filtern',
  more: (count) => `${count} weitere`,
  none: (filter) => `Kein Action-Typ passt zu „${filter}“.`,
  choosePlace: 'Einen Platz auf der Zeichenfläche wählen',
  fidelity: {
    real: 'Läuft auf diesem Rechner wirklich.',
    emulated: 'Auf diesem Rechner: geprüft wie in AWS, die Wirkung geht in einen Ordner.',
    simulated: 'Auf diesem Rechner: ein vorgegebenes Ergebnis.',
  },
};
