import type { versions as english } from '../english/versions.ts';

export const versions: typeof english = {
  title: (pipelineName) => `Versionen von ${pipelineName}`,
  reading: 'Versionen werden gelesen …',
  none: 'Noch keine. Jede Definition, die auf diesem Rechner gestartet wird, bleibt hier erhalten, nummeriert wie in CodePipeline.',
  legend: 'Version',
  version: (version) => `Version ${version}`,
  compare: 'Mit der Pipeline vergleichen, wie sie gerade bearbeitet ist',
  difference: (version) => `Von Version ${version} zur bearbeiteten Pipeline`,
  same: 'Kein Unterschied: Diese Version ist das, was gerade bearbeitet wird.',
  text: (version) => `Text der Version ${version}`,
};
