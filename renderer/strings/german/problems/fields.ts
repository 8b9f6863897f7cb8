/** Problems of fields: their shape, configurations, conditions, triggers, variables and namespaces; and advice. */
export const fields = {
  'Penstock does not know the rule type "{}", so it cannot check this rule.':
    'Penstock kennt den Regeltyp „{}“ nicht und kann diese Regel nicht prüfen.',
  'Check the name.': 'Den Namen prüfen.',
  'A condition that skips its stage cannot have the rule {}.':
    'Eine Bedingung, die ihre Stage überspringt, kann die Regel {} nicht haben.',
  'Choose the result FAIL, or another rule.': 'Das Ergebnis FAIL oder eine andere Regel wählen.',
  'Enter it.': 'Eingeben.',
  'Choose {}.': '{} wählen.',
  'Remove it. Known keys are {}.': 'Entfernen. Bekannte Schlüssel sind {}.',
  'Remove it: there are no keys.': 'Entfernen: Es gibt keine Schlüssel.',
  'The rule has no commands.': 'Die Regel hat keine Befehle.',
  'Write each line as a command of its own.': 'Jede Zeile als eigenen Befehl schreiben.',
  'The rule has {} input artifacts; {} takes {}.': 'Eingabeartefakte der Regel: {}; {} nimmt {}.',
  'The rule has {} input artifact; {} takes {}.': 'Eingabeartefakte der Regel: {}; {} nimmt {}.',
  'Remove input artifacts.': 'Eingabeartefakte entfernen.',
  'Input artifact "{}" is produced by no action that runs before this rule.':
    'Keine Action, die vor dieser Regel läuft, erzeugt das Eingabeartefakt „{}“.',
  'Write #{namespace.key}.': '#{namespace.key} schreiben.',
  'Refer to an earlier action, or to a variable of the pipeline.':
    'Auf eine frühere Action oder eine Variable der Pipeline verweisen.',
  'Two rules of this condition are called "{}".': 'Zwei Regeln dieser Bedingung heißen „{}“.',
  'Rename one.': 'Eine umbenennen.',
  '"{}" cannot end in {}.': '„{}“ kann nicht in {} enden.',
  'A pipeline in PARALLEL mode cannot roll back.': 'Eine Pipeline im Modus PARALLEL kann nicht zurückrollen.',
  'Choose another result or another execution mode.':
    'Ein anderes Ergebnis oder einen anderen Ausführungsmodus wählen.',
  'The source stage cannot be rolled back.': 'Die Source-Stage kann nicht zurückgerollt werden.',
  'Choose another result.': 'Ein anderes Ergebnis wählen.',
  'A retry configuration has an effect only with the result RETRY.':
    'Eine Wiederholungseinstellung wirkt nur mit dem Ergebnis RETRY.',
  'Set the result to RETRY, or remove it.': 'Das Ergebnis auf RETRY setzen oder sie entfernen.',
  'Automatic retry and conditions do not go together on failure.':
    'Automatische Wiederholung und Bedingungen gehen bei einem Fehlschlag nicht zusammen.',
  'Keep one of them.': 'Eines von beiden behalten.',
  '"{}" is missing; {} needs it{}.': '„{}“ fehlt; {} braucht es{}.',
  'Enter it, for example {}.': 'Eingeben, zum Beispiel {}.',
  '{} has no configuration key "{}".': '{} hat keinen Konfigurationsschlüssel „{}“.',
  'Write "{}".': '„{}“ schreiben.',
  'Choose among {}.': 'Unter {} wählen.',
  'Write true or false.': 'true oder false schreiben.',
  'Write a whole number.': 'Eine ganze Zahl schreiben.',
  'Write the ARN of a role, arn:aws:iam::111122223333:role/name.':
    'Den ARN einer Rolle schreiben, arn:aws:iam::111122223333:role/name.',
  'Add "{}" to the input artifacts.': '„{}“ bei den Eingabeartefakten ergänzen.',
  'Write {}::{}, or add "{}" to the input artifacts.': '{}::{} schreiben oder „{}“ bei den Eingabeartefakten ergänzen.',
  'Write JSON, for example {}': 'JSON schreiben, zum Beispiel {}',
  'Write JSON.': 'JSON schreiben.',
  'The namespace "{}" is already that of {}.': 'Der Namensraum „{}“ gehört schon zu {}.',
  'Choose another: namespaces are unique in a pipeline.':
    'Einen anderen wählen: Namensräume sind in einer Pipeline eindeutig.',
  'The namespace "{}" belongs to {}.': 'Der Namensraum „{}“ gehört zu {}.',
  'Choose another.': 'Einen anderen wählen.',
  '"{}" is also the name of an artifact; AWS does not take one name for both.':
    '„{}“ ist auch der Name eines Artefakts; AWS nimmt nicht einen Namen für beides.',
  'Rename the namespace and its references, or the artifact.':
    'Den Namensraum mit seinen Verweisen oder das Artefakt umbenennen.',
  '"{}" is missing.': '„{}“ fehlt.',
  'Enter {}.': '{} eingeben.',
  '"{}" must be {}; here stands {}.': '„{}“ muss {} sein; hier steht {}.',
  'Write {}.': '{} schreiben.',
  '"{}" is {}; AWS takes {}.': '„{}“ ist {}; AWS nimmt {}.',
  '"{}" has {}; AWS takes {}.': '„{}“ hat {}; AWS nimmt {}.',
  'Choose one of these.': 'Eines davon wählen.',
  '"{}" is {}, which AWS does not take.': '„{}“ ist {}; das nimmt AWS nicht.',
  'The key "{}" is not of a length that AWS takes.': 'Der Schlüssel „{}“ hat keine Länge, die AWS nimmt.',
  'Keys of a configuration have 1 to 50 characters, Regions 4 to 30.':
    'Schlüssel einer Konfiguration haben 1 bis 50 Zeichen, Regionen 4 bis 30.',
  '"{}" is not as AWS takes it: {}': '„{}“ ist nicht so, wie AWS es nimmt: {}',
  'Add an entry, or remove the field.': 'Einen Eintrag ergänzen oder das Feld entfernen.',
  'Enter a larger or longer value.': 'Einen größeren oder längeren Wert eingeben.',
  'Remove entries.': 'Einträge entfernen.',
  'Enter a smaller or shorter value.': 'Einen kleineren oder kürzeren Wert eingeben.',
  'Triggers exist only in pipelines of type V2.': 'Trigger gibt es nur in Pipelines vom Typ V2.',
  'Set the pipeline type to V2, or remove the triggers.': 'Den Pipeline-Typ auf V2 setzen oder die Trigger entfernen.',
  'The triggers are larger than 200 KB together.': 'Die Trigger sind zusammen größer als 200 KB.',
  'Use fewer or wider patterns.': 'Weniger oder weitere Muster benutzen.',
  'Two triggers belong to the source action "{}"; it can have one.':
    'Zwei Trigger gehören zur Source-Action „{}“; sie kann einen haben.',
  'Put the filters of both into one trigger.': 'Die Filter beider in einen Trigger legen.',
  'The trigger of "{}" has no filters, so it says nothing.':
    'Der Trigger von „{}“ hat keine Filter und sagt damit nichts.',
  'Add a push or pull request filter, or remove the trigger.':
    'Einen Filter für Pushs oder Pull-Requests ergänzen oder den Trigger entfernen.',
  'Two {} filters of "{}" are the same.': 'Zwei Filter ({}) von „{}“ sind gleich.',
  'Remove one.': 'Einen entfernen.',
  'The trigger belongs to "{}", which is no source action with a connection.':
    'Der Trigger gehört zu „{}“; das ist keine Source-Action mit einer Verbindung.',
  'Remove the trigger: only connection sources have triggers.':
    'Den Trigger entfernen: Nur Quellen mit einer Verbindung haben Trigger.',
  'A filter on tags cannot also have {}.': 'Ein Filter auf Tags kann nicht auch {} haben.',
  'Use two filters.': 'Zwei Filter benutzen.',
  'A filter on file paths needs branches as well.': 'Ein Filter auf Dateipfade braucht auch Branches.',
  'Add branches, for example "**" for all.': 'Branches ergänzen, zum Beispiel „**“ für alle.',
  'The filter has no criterion.': 'Der Filter hat kein Kriterium.',
  'Add branches, or remove the filter.': 'Branches ergänzen oder den Filter entfernen.',
  'Add branches or tags, or remove the filter.': 'Branches oder Tags ergänzen oder den Filter entfernen.',
  'The criterion "{}" has no patterns.': 'Das Kriterium „{}“ hat keine Muster.',
  'Add includes or excludes, or remove it.': 'includes oder excludes ergänzen oder es entfernen.',
  'The filter names an event twice.': 'Der Filter nennt ein Ereignis zweimal.',
  'Name each event once.': 'Jedes Ereignis einmal nennen.',
  'Pipeline variables exist only in pipelines of type V2.': 'Pipeline-Variablen gibt es nur in Pipelines vom Typ V2.',
  'Two pipeline variables are called "{}".': 'Zwei Pipeline-Variablen heißen „{}“.',
  'Rename or remove one.': 'Eine umbenennen oder entfernen.',
  '{} is no variable reference. {}': '{} ist kein Variablenverweis. {}',
  'CodePipeline has no variable {}.': 'CodePipeline hat keine Variable {}.',
  'Its only variable is #{codepipeline.PipelineExecutionId}.':
    'Die einzige Variable ist #{codepipeline.PipelineExecutionId}.',
  '{} refers to the namespace "{}", which no action has.{}':
    '{} verweist auf den Namensraum „{}“, den keine Action hat.{}',
  'Set "{}" as namespace of the action that produces {}, or mend the reference.':
    '„{}“ als Namensraum der Action setzen, die {} erzeugt, oder den Verweis berichtigen.',
  '{} refers to the action itself.': '{} verweist auf die Action selbst.',
  '{} is produced by {}, which does not run before this action.':
    '{} wird von {} erzeugt, die nicht vor dieser Action läuft.',
  '{} stands in a pattern of files, where CodePipeline replaces no variables.':
    '{} steht in einem Dateimuster; dort ersetzt CodePipeline keine Variablen.',
  'Write the path itself; a command may move the files to where the pattern looks.':
    'Den Pfad selbst schreiben; ein Befehl kann die Dateien dorthin bringen, wo das Muster sucht.',
  'Refer to an earlier action.': 'Auf eine frühere Action verweisen.',
  'Move this action behind {}, or give it a higher runOrder.':
    'Diese Action hinter {} verschieben oder ihr eine höhere runOrder geben.',
  '{} does not produce {}; it produces {}.': '{} erzeugt {} nicht; sie erzeugt {}.',
  'Choose one of its variables: an unknown one makes this action fail when it starts.':
    'Eine ihrer Variablen wählen: Eine unbekannte lässt diese Action beim Start fehlschlagen.',
  'A source action cannot use pipeline variables ({}).':
    'Eine Source-Action kann keine Pipeline-Variablen benutzen ({}).',
  'Write the value itself.': 'Den Wert selbst schreiben.',
  'The pipeline declares no variable "{}".{}': 'Die Pipeline deklariert keine Variable „{}“.{}',
  'Declare "{}", or mend the reference.': '„{}“ deklarieren oder den Verweis berichtigen.',
  'The pattern "{}" matches no file: paths begin without a slash.':
    'Das Muster „{}“ trifft auf keine Datei zu: Pfade beginnen ohne Schrägstrich.',
  '"{}" looks like a secret, written in plain text.': '„{}“ sieht nach einem Geheimnis im Klartext aus.',
  'Keep it in Secrets Manager or the Parameter Store, and name it there.':
    'Es im Secrets Manager oder Parameter Store halten und darauf verweisen.',
  'Type V1 has no triggers with filters, no variables of the pipeline, no conditions and no rollback.':
    'Typ V1 hat keine Trigger mit Filtern, keine Pipeline-Variablen, keine Bedingungen und kein Zurückrollen.',
  'Set the pipeline type to V2; AWS then bills by minutes of actions instead of by pipeline.':
    'Den Pipeline-Typ auf V2 setzen; AWS rechnet dann nach Minuten der Actions statt nach Pipelines ab.',
  '"{}" is kept for old pipelines; AWS recommends against it.': '„{}“ ist für alte Pipelines da; AWS rät davon ab.',
  'Use a source with a connection.': 'Eine Quelle mit einer Verbindung benutzen.',
  '"{}" is masked. AWS takes that only when it updates this very action and already has the secret.':
    '„{}“ ist verdeckt. AWS nimmt das nur, wenn es genau diese Action ändert und das Geheimnis schon hat.',
  'For a new pipeline enter the secret, or use a source with a connection.':
    'Für eine neue Pipeline das Geheimnis eingeben oder eine Quelle mit einer Verbindung benutzen.',
  'CodePipeline polls this source, because PollForSourceChanges is not set.':
    'CodePipeline fragt diese Quelle ab, weil PollForSourceChanges nicht gesetzt ist.',
  'Set it to false when an event rule or a webhook starts the pipeline, else to true.':
    'Auf false setzen, wenn eine Ereignisregel oder ein Webhook die Pipeline startet, sonst auf true.',
  'This action and {} read the same repository, so a push to either branch runs the pipeline with both.':
    'Diese Action und {} lesen dasselbe Repository; ein Push in einen der Branches startet die Pipeline mit beiden.',
  'Make a pipeline for each branch, unless both are wanted together.':
    'Für jeden Branch eine Pipeline machen, außer beide sollen zusammen laufen.',
  'No action takes the output artifact "{}".': 'Keine Action nimmt das Ausgabeartefakt „{}“.',
  'Connect it to an action, or remove the source.': 'Mit einer Action verbinden oder die Quelle entfernen.',
  'Connect it to an action, or remove it.': 'Mit einer Action verbinden oder entfernen.',
  'Nothing refers to a variable of the namespace "{}".': 'Nichts verweist auf eine Variable des Namensraums „{}“.',
  'Remove it, or leave it for later.': 'Entfernen oder für später lassen.',
  'Nothing refers to the pipeline variable "{}".': 'Nichts verweist auf die Pipeline-Variable „{}“.',
  'Use it as #{variables.{}}, or remove it.': 'Als #{variables.{}} benutzen oder entfernen.',
  'When "{}" is skipped there is no "{}", and this action fails.':
    'Wird „{}“ übersprungen, gibt es „{}“ nicht, und diese Action schlägt fehl.',
  'Take an artifact of a stage that always runs, or let the condition fail the stage instead.':
    'Ein Artefakt einer Stage nehmen, die immer läuft, oder die Bedingung die Stage fehlschlagen lassen.',
  'When "{}" is skipped {} has no value, and this action fails.':
    'Wird „{}“ übersprungen, hat {} keinen Wert, und diese Action schlägt fehl.',
  'Take a variable of a stage that always runs, or let the condition fail the stage instead.':
    'Eine Variable einer Stage nehmen, die immer läuft, oder die Bedingung die Stage fehlschlagen lassen.',
  'Nobody is told that this approval waits.': 'Niemand erfährt, dass diese Freigabe wartet.',
  'Give it a topic of SNS, unless a notification rule tells people.':
    'Ein SNS-Thema angeben, außer eine Benachrichtigungsregel sagt es den Leuten.',
  'The window "{}" is open for one minute of an hour.': 'Das Fenster „{}“ ist eine Minute je Stunde offen.',
  'Write * for the minutes, if the whole hour is meant.':
    'Für die Minuten * schreiben, wenn die ganze Stunde gemeint ist.',
};
