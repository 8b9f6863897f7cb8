/** Problems of stages, actions, artifacts and their stores. A `{}` is what the text names. */
export const structure = {
  '{} takes plain environment variables only; references to secrets work in Commands actions.':
    '{} nimmt nur einfache Umgebungsvariablen; Verweise auf Geheimnisse gehen in Befehle-Actions.',
  'Set the type to PLAINTEXT, and let the deployed program read the secret itself.':
    'Den Typ auf PLAINTEXT setzen und das ausgelieferte Programm das Geheimnis selbst lesen lassen.',
  '{} takes no "{}".': '{} nimmt kein „{}“.',
  'Remove the field, or use an action type that takes it.':
    'Das Feld entfernen oder einen Action-Typ benutzen, der es nimmt.',
  'The action has no commands.': 'Die Action hat keine Befehle.',
  'Enter at least one shell command.': 'Mindestens einen Shell-Befehl eingeben.',
  'A command goes over several lines; AWS takes one line for each.':
    'Ein Befehl geht über mehrere Zeilen; AWS nimmt eine Zeile je Befehl.',
  'Write each line as a command of its own, or put them into a script.':
    'Jede Zeile als eigenen Befehl schreiben oder alle in ein Skript legen.',
  'Penstock does not know the action type {}, so it cannot check this action.':
    'Penstock kennt den Action-Typ {} nicht und kann diese Action nicht prüfen.',
  'Check category, owner, provider and version. If AWS has it, the pipeline can be pushed as it is.':
    'Kategorie, Besitzer, Provider und Version prüfen. Wenn AWS ihn hat, kann die Pipeline so veröffentlicht werden.',
  'The service behind "{}" has ended.': 'Der Dienst hinter „{}“ ist eingestellt.',
  'Replace the action.': 'Die Action ersetzen.',
  '"{}" exists only in pipelines of type V2.': '„{}“ gibt es nur in Pipelines vom Typ V2.',
  'Set the pipeline type to V2.': 'Den Pipeline-Typ auf V2 setzen.',
  'The pipeline has no artifact store.': 'Die Pipeline hat keinen Artefaktspeicher.',
  'Name the S3 bucket that keeps artifacts. A local run keeps them on this machine and never uses it.':
    'Den S3-Bucket für Artefakte nennen. Ein lokaler Lauf hält sie auf diesem Rechner und benutzt ihn nie.',
  'The pipeline has both artifactStore and artifactStores; AWS takes one of them.':
    'Die Pipeline hat artifactStore und artifactStores; AWS nimmt eines davon.',
  'Keep artifactStore, or artifactStores when actions run in several Regions.':
    'artifactStore behalten, oder artifactStores, wenn Actions in mehreren Regionen laufen.',
  'artifactStores names no Region; AWS wants a bucket for the pipeline’s own at least.':
    'artifactStores nennt keine Region; AWS verlangt mindestens einen Bucket für die eigene der Pipeline.',
  'Add the Regions with their buckets, or use artifactStore when all actions run in one.':
    'Die Regionen mit ihren Buckets ergänzen oder artifactStore benutzen, wenn alle Actions in einer laufen.',
  'The action runs in {}, where the pipeline has no artifact store (it has {}).':
    'Die Action läuft in {}, wo die Pipeline keinen Artefaktspeicher hat (vorhanden: {}).',
  'Add a bucket for {} to artifactStores.': 'In artifactStores einen Bucket für {} ergänzen.',
  'Actions run in {} and {}, but a single artifactStore serves one Region only.':
    'Actions laufen in {} und {}, aber ein einzelner artifactStore dient nur einer Region.',
  'Replace artifactStore by artifactStores, with a bucket for each Region.':
    'artifactStore durch artifactStores mit einem Bucket je Region ersetzen.',
  'The action takes the artifact "{}" twice.': 'Die Action nimmt das Artefakt „{}“ zweimal.',
  'Remove one of the two.': 'Eines der beiden entfernen.',
  '"{}" is already an output of {}; names of output artifacts are unique in a pipeline.':
    '„{}“ ist schon eine Ausgabe von {}; Namen von Ausgabeartefakten sind in einer Pipeline eindeutig.',
  'Give this output another name, and choose it where this action’s output is meant.':
    'Dieser Ausgabe einen anderen Namen geben und ihn dort wählen, wo sie gemeint ist.',
  'The action has {} input artifacts; {} takes {}.': 'Eingabeartefakte der Action: {}; {} nimmt {}.',
  'The action has {} input artifact; {} takes {}.': 'Eingabeartefakte der Action: {}; {} nimmt {}.',
  'The action has {} output artifacts; {} takes {}.': 'Ausgabeartefakte der Action: {}; {} nimmt {}.',
  'The action has {} output artifact; {} takes {}.': 'Ausgabeartefakte der Action: {}; {} nimmt {}.',
  'Add an input artifact.': 'Ein Eingabeartefakt ergänzen.',
  'Add an output artifact.': 'Ein Ausgabeartefakt ergänzen.',
  'The action takes its own output "{}" as input.': 'Die Action nimmt ihre eigene Ausgabe „{}“ als Eingabe.',
  '"{}" is produced by {}, which does not run before this action.':
    '„{}“ wird von {} erzeugt, die nicht vor dieser Action läuft.',
  'Choose an artifact of an earlier action.': 'Ein Artefakt einer früheren Action wählen.',
  'Give this action a runOrder above {}, or move it to a later stage.':
    'Dieser Action eine runOrder über {} geben oder sie in eine spätere Stage verschieben.',
  'Move this action behind {}.': 'Diese Action hinter {} verschieben.',
  'Input artifact "{}" is produced by no action. {}': 'Keine Action erzeugt das Eingabeartefakt „{}“. {}',
  'Choose one of those, or add "{}" to the outputs of an earlier action.':
    'Eines davon wählen oder „{}“ bei den Ausgaben einer früheren Action ergänzen.',
  'Add "{}" to the outputs of an earlier action.': '„{}“ bei den Ausgaben einer früheren Action ergänzen.',
  '"{}" is only a Git reference that CodeBuild can follow; {} needs the files.':
    '„{}“ ist nur eine Git-Referenz, der CodeBuild folgen kann; {} braucht die Dateien.',
  'Set OutputArtifactFormat of {} to CODE_ZIP, or hand on an output of a build.':
    'OutputArtifactFormat von {} auf CODE_ZIP setzen oder die Ausgabe eines Builds weitergeben.',
  '"{}" does not look like a Region of AWS.': '„{}“ sieht nicht wie eine AWS-Region aus.',
  'Write {}, if that is meant.': '{} schreiben, wenn das gemeint ist.',
  'Write its code name, for example eu-west-1.': 'Ihre Kennung schreiben, zum Beispiel eu-west-1.',
  'Source actions run in the pipeline’s own Region; this one is in {}, but {} in {}.':
    'Source-Actions laufen in der eigenen Region der Pipeline; diese ist in {}, aber {} in {}.',
  'An action of another owner than AWS runs in the pipeline’s own Region; this one is in {}, but {} in {}.':
    'Eine Action eines anderen Besitzers als AWS läuft in der eigenen Region der Pipeline; diese ist in {}, aber {} in {}.',
  'Remove the region, or give both the Region of the pipeline.':
    'Die Region entfernen oder beiden die Region der Pipeline geben.',
  'The pipeline has {}; AWS takes 2 to 50.': 'Die Pipeline hat {}; AWS nimmt 2 bis 50.',
  'Add a stage with a source action, and one that does something with it.':
    'Eine Stage mit einer Source-Action ergänzen und eine, die etwas mit ihr macht.',
  'Add a stage.': 'Eine Stage ergänzen.',
  'The pipeline has {} stages; AWS takes at most 50.': 'Die Pipeline hat {} Stages; AWS nimmt höchstens 50.',
  'Merge stages, or split the pipeline.': 'Stages zusammenlegen oder die Pipeline teilen.',
  'The pipeline has {} actions; AWS takes at most 1,000.': 'Die Pipeline hat {} Actions; AWS nimmt höchstens 1.000.',
  'Split the pipeline.': 'Die Pipeline teilen.',
  'The execution mode {} exists only in pipelines of type V2.':
    'Den Ausführungsmodus {} gibt es nur in Pipelines vom Typ V2.',
  'Set the pipeline type to V2, or the mode to SUPERSEDED.':
    'Den Pipeline-Typ auf V2 oder den Modus auf SUPERSEDED setzen.',
  'Stage "{}" has no actions; AWS takes 1 to 50.': 'Die Stage „{}“ hat keine Actions; AWS nimmt 1 bis 50.',
  'Add an action, or delete the stage.': 'Eine Action ergänzen oder die Stage löschen.',
  'Stage "{}" has {} actions; AWS takes at most 50.': 'Die Stage „{}“ hat {} Actions; AWS nimmt höchstens 50.',
  'Move some to another stage.': 'Einige in eine andere Stage verschieben.',
  'Stage "{}" has blockers, which AWS keeps for itself.': 'Die Stage „{}“ hat blockers; die behält AWS sich vor.',
  'Remove them.': 'Sie entfernen.',
  'The first stage takes only source actions; "{}" is {} action.':
    'Die erste Stage nimmt nur Source-Actions; „{}“ ist {}-Action.',
  'Move it to a later stage.': 'Sie in eine spätere Stage verschieben.',
  'Source actions stand in the first stage only; "{}" is in stage {}.':
    'Source-Actions stehen nur in der ersten Stage; „{}“ ist in Stage {}.',
  'Move it to {}.': 'Sie nach {} verschieben.',
  'Two stages are called "{}".': 'Zwei Stages heißen „{}“.',
  'Rename one: names of stages are unique in a pipeline.':
    'Eine umbenennen: Namen von Stages sind in einer Pipeline eindeutig.',
  'Two actions of this stage are called "{}".': 'Zwei Actions dieser Stage heißen „{}“.',
  'Rename one: names of actions are unique in a stage.':
    'Eine umbenennen: Namen von Actions sind in einer Stage eindeutig.',
};
