import type { local as english } from '../../english/inspector/local.ts';

export const local: typeof english = {
  inAws: 'In AWS',
  here: 'Im lokalen Lauf',
  hereIs: (fidelity) => `Im lokalen Lauf: ${fidelity}`,
  fidelity: { real: 'echt', emulated: 'emuliert', simulated: 'simuliert' },
  meaning: {
    real: 'Tut auf diesem Rechner dasselbe.',
    emulated: 'Prüft seine Eingaben wie AWS; die Wirkung geht in einen lokalen Ordner.',
    simulated: 'Spielt ein vorgegebenes Ergebnis ab. Nichts verlässt diesen Rechner.',
  },
  needsNothing: 'Braucht nichts von diesem Rechner.',
  keptBeside: 'Steht neben der Pipeline-Datei, nie in ihr: Ein Push ändert daran nichts.',
  kinds: {
    repository: 'Git-Repository',
    folder: 'Ordner',
    file: 'Datei',
    project: 'Build-Einstellungen',
    handler: 'Handler-Datei auf diesem Rechner',
    jobWorker: 'Job-Worker',
    pipeline: 'Pipeline-Datei',
    simulation: 'Vorgegebenes Ergebnis',
  },
  none: 'Hier geprüft, ohne Bindung',
  isA: 'Im lokalen Lauf',
  pathIsA: 'Art',
  jobWorker:
    'Die Action wartet auf einen Job-Worker. Ihr Log sagt, wie er gestartet wird: penstock worker-env gibt Adresse und Schlüssel des Laufs aus.',
  runAsks: 'Ein lokaler Lauf fragt danach.',
  relativePaths: 'Relative Pfade beginnen bei der Pipeline-Datei.',
  addVariable: 'Variable hinzufügen',

  handler: 'Handler-Datei',
  handlerHelp: 'JavaScript (.mjs, .cjs, .js) oder Python. Relative Pfade beginnen bei der Pipeline-Datei.',
  handlerName: 'Funktion in der Datei',
  handlerEnvironment: 'Umgebung der Funktion',

  pipelineHelp: 'Die Pipeline, die sie startet. Ohne Angabe: auf diesem Rechner nach ihrem Namen gefunden.',
  wait: 'Auf ihr Ende warten',
  waitHelp: 'CodePipeline wartet nie auf die Pipeline, die es startet.',

  buildspec: 'Buildspec',
  buildspecHelp:
    'Ein Pfad in der Quelle oder die Buildspec selbst. Ohne Angabe: was die Action sagt, sonst buildspec.yml.',
  image: 'Container-Image',
  imageHelp:
    'Läuft in einem Container dieses Images, das auf diesem Rechner liegen muss. Ohne Angabe: in einer Shell dieses Rechners.',
  network: 'Netzwerk des Containers',
  networkHelp: '„Keines“ hält den Build von jedem Netzwerk fern.',
  networks: { bridge: 'Eigenes, mit Weg nach außen', host: 'Das dieses Rechners', none: 'Keines' },
  cache: 'Was die Buildspec cacht, bleibt zwischen den Läufen dieser Pipeline auf diesem Rechner.',
  commandsEnvironment: 'Umgebung der Befehle',
  projectEnvironment: 'Umgebung des Projekts',
  secrets: 'Secrets aus der eigenen Umgebung',
  secretsHelp:
    'Für einen Verweis in Parameter Store oder Secrets Manager: der NAME einer Variable der eigenen Shell. Der Wert wird nie gespeichert.',
  secret: 'Secret',
  addReference: 'Verweis hinzufügen',
  secretName: 'NAME',

  ends: 'Ergebnis',
  results: { Succeeded: 'Gelungen', Failed: 'Gescheitert' },
  delay: 'Nach Millisekunden',
  message: 'Meldung',
  contentOf: (artifact) => `Inhalt von ${artifact}`,
  contentHelp: 'Ein Ordner oder Zip, der zum Artefakt wird. Ohne Angabe: eine Textdatei mit einer Erklärung.',
};
