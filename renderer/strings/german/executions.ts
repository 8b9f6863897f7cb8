import type { executions as english } from '../english/executions.ts';
import { plural } from '../strings.ts';

export const executions: typeof english = {
  list: 'Laufende Ausführungen',
  run: (count) => plural(count, 'Ausführung läuft', 'Ausführungen laufen'),
  place: {
    transition: (stage) => `wartet vor der gesperrten Transition nach ${stage}`,
    lock: (stage) => `wartet, bis ${stage} frei ist`,
    queue: (stage) => `wartet in der Schlange vor ${stage}`,
    expired: (stage) => `hat zu lange vor ${stage} gewartet`,
    stopping: (stage) => `wird in ${stage} angehalten`,
    begins: 'beginnt gleich',
    comes: (stage) => `kommt zu ${stage}`,
    paused: (stage) => `ist in ${stage} pausiert`,
    left: (stage) => `hat ${stage} verlassen`,
    in: (stage) => `in ${stage}`,
  },
  origin: {
    fork: 'Abzweig',
    forkText: (stage) => `ab ${stage}, mit den Ergebnissen einer früheren Ausführung.`,
    action: 'Eine Action',
    actionText: (place) => `${place}, mit den Eingaben einer früheren Ausführung.`,
    rollback: 'Rollback',
    automated: (stage) => `von ${stage}, weil eine andere Ausführung dort scheiterte.`,
    byHand: (stage) => `von ${stage}, von Hand verlangt.`,
    show: 'Diese Ausführung zeigen',
    showTarget: 'Ziel zeigen',
    showCause: 'Ursache zeigen',
  },
  rollback: {
    title: (stage) => `${stage} zurückrollen`,
    cancel: 'Abbrechen',
    start: 'Zurückrollen',
    starting: 'Startet …',
    about: (stage) =>
      `Eine neue Ausführung durchläuft ${stage} noch einmal mit den Artefakten und Variablen, die die gewählte Ausführung dorthin brachte. Keine andere Stage läuft.`,
    looking: 'Ausführungen werden gesucht …',
    none: (stage) =>
      `Keine Ausführung ist mit der jetzigen Definition in ${stage} gelungen; es gibt nichts, wohin zurückzukehren wäre.`,
    targets: 'Ausführung, zu der zurückgekehrt wird',
    noRevision: 'Keine Revision',
  },
};
