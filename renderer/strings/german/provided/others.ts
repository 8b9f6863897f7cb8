/** Approval and invoke actions, and the rules of stage conditions. */
export const others = {
  'Manual approval': 'Manuelle Freigabe',
  'Wait until a person approves or rejects.': 'Warten, bis jemand freigibt oder ablehnt.',
  'Waits for your answer on the card; no notification is sent.':
    'Wartet auf die Antwort auf der Karte; keine Benachrichtigung wird gesendet.',
  'SNS topic ARN': 'ARN des SNS-Themas',
  'Tell the subscribers of this topic that an approval waits.':
    'Den Abonnenten dieses Themas sagen, dass eine Freigabe wartet.',
  'Link for the reviewer': 'Link für die prüfende Person',
  'Show the reviewer this address.': 'Adresse, die der prüfenden Person gezeigt wird.',
  'Comment for the reviewer': 'Kommentar für die prüfende Person',
  'Tell the reviewer what to look at.': 'Worauf die prüfende Person achten soll.',
  'AWS Lambda invoke': 'AWS-Lambda-Aufruf',
  'Call a Lambda function and wait for its answer.': 'Eine Lambda-Funktion aufrufen und auf ihre Antwort warten.',
  'Each output variable that the function puts into its success result.':
    'Jede Ausgabevariable, die die Funktion in ihr Erfolgsergebnis legt.',
  'No function is called, unless you bind its handler file: that runs here with the event that CodePipeline sends.':
    'Keine Funktion wird aufgerufen, außer ihre Handler-Datei ist gebunden: Die läuft hier mit dem Ereignis, das CodePipeline sendet.',
  'Which file is this function?': 'Welche Datei ist diese Funktion?',
  'Name the function.': 'Name der Funktion.',
  'User parameters': 'Benutzerparameter',
  'Hand this text to the function.': 'Text, der der Funktion übergeben wird.',
  'AWS Step Functions': 'AWS Step Functions',
  'Start a state machine and wait for its end.': 'Einen Zustandsautomaten starten und auf sein Ende warten.',
  'Checks the input; no state machine runs, so set its result where one is needed.':
    'Prüft die Eingabe; kein Zustandsautomat läuft, darum das Ergebnis vorgeben, wo eines gebraucht wird.',
  'State machine ARN': 'ARN des Zustandsautomaten',
  'Name the state machine.': 'Der Zustandsautomat.',
  'Execution name prefix': 'Präfix des Ausführungsnamens',
  'Begin the execution’s name with this text.': 'Der Name der Ausführung beginnt mit diesem Text.',
  'Input is': 'Eingabe ist',
  'Give the input here, or read it from a file of the input artifact.':
    'Die Eingabe hier angeben oder aus einer Datei des Eingabeartefakts lesen.',
  Input: 'Eingabe',
  'Give JSON, or the path of a file in the input artifact.': 'JSON oder der Pfad einer Datei im Eingabeartefakt.',
  'State machine that ran.': 'Zustandsautomat, der lief.',
  'Execution of the state machine.': 'Ausführung des Zustandsautomaten.',
  'Amazon Inspector scan': 'Amazon-Inspector-Scan',
  'Scan source code or an image for vulnerabilities.': 'Quellcode oder ein Image auf Schwachstellen untersuchen.',
  'Lists the parts that lock files name; finds no vulnerabilities.':
    'Listet die Bestandteile auf, die Lock-Dateien nennen; findet keine Schwachstellen.',
  Scan: 'Untersuchen',
  'Choose what is scanned.': 'Was untersucht wird.',
  'Name the ECR repository of the image.': 'ECR-Repository des Images.',
  'Name the tag of the image.': 'Tag des Images.',
  'Critical findings allowed': 'Erlaubte kritische Befunde',
  'Fail when there are more critical findings.': 'Fehlschlagen, wenn es mehr kritische Befunde gibt.',
  'High findings allowed': 'Erlaubte hohe Befunde',
  'Fail when there are more findings of high severity.': 'Fehlschlagen, wenn es mehr Befunde hoher Schwere gibt.',
  'Medium findings allowed': 'Erlaubte mittlere Befunde',
  'Fail when there are more findings of medium severity.': 'Fehlschlagen, wenn es mehr Befunde mittlerer Schwere gibt.',
  'Low findings allowed': 'Erlaubte niedrige Befunde',
  'Fail when there are more findings of low severity.': 'Fehlschlagen, wenn es mehr Befunde niedriger Schwere gibt.',
  'Highest severity that was found.': 'Höchste gefundene Schwere.',
  'AWS CodePipeline invoke': 'AWS-CodePipeline-Aufruf',
  'Start another pipeline without waiting for its end.': 'Eine andere Pipeline starten, ohne auf ihr Ende zu warten.',
  'Starts the local pipeline of that name, if its project is trusted.':
    'Startet die lokale Pipeline dieses Namens, wenn ihrem Projekt vertraut wird.',
  'Which file is this pipeline, and is its end waited for?':
    'Welche Datei ist diese Pipeline, und wird auf ihr Ende gewartet?',
  Pipeline: 'Pipeline',
  'Name the pipeline to start.': 'Pipeline, die gestartet wird.',
  'Source revisions': 'Quellrevisionen',
  'Start it at given revisions, as a JSON list.': 'Mit bestimmten Revisionen starten, als JSON-Liste.',
  Variables: 'Variablen',
  'Set its variables, as a JSON list.': 'Ihre Variablen, als JSON-Liste.',
  'CloudWatch alarm': 'CloudWatch-Alarm',
  'Check the state of a CloudWatch alarm.': 'Den Zustand eines CloudWatch-Alarms prüfen.',
  'Asks for the state that you give the alarm on this machine: in the window, or with penstock alarm.':
    'Fragt nach dem Zustand, den der Alarm auf diesem Rechner erhält: im Fenster oder mit penstock alarm.',
  Alarm: 'Alarm',
  'Name the alarm.': 'Name des Alarms.',
  'Alarm states': 'Alarmzustände',
  'Choose the states to watch for.': 'Zustände, auf die geachtet wird.',
  'Watch for (minutes)': 'Beobachten (Minuten)',
  'Watch the alarm this long before deciding.': 'Den Alarm so lange beobachten, bevor entschieden wird.',
  CodeBuild: 'CodeBuild',
  'Run a CodeBuild project and pass when its build succeeds.':
    'Ein CodeBuild-Projekt ausführen; bestanden, wenn sein Build gelingt.',
  'Runs the buildspec in a shell of this machine, not in the project’s image.':
    'Führt die Buildspec in einer Shell dieses Rechners aus, nicht im Image des Projekts.',
  'Run shell commands and pass when all of them succeed.': 'Shell-Befehle ausführen; bestanden, wenn alle gelingen.',
  'Runs the commands in a shell of this machine, not in the managed image.':
    'Führt die Befehle in einer Shell dieses Rechners aus, nicht im verwalteten Image.',
  'Deployment window': 'Bereitstellungsfenster',
  'Wait until the clock is inside a time window.': 'Warten, bis die Uhr in einem Zeitfenster ist.',
  'Waits on the clock of this machine, also across restarts.':
    'Wartet nach der Uhr dieses Rechners, auch über Neustarts hinweg.',
  Window: 'Fenster',
  'Give a cron expression of six or seven fields, seconds first, that matches while the window is open.':
    'Ein Cron-Ausdruck aus sechs oder sieben Feldern, Sekunden zuerst, der zutrifft, solange das Fenster offen ist.',
  'Time zone': 'Zeitzone',
  'Read the window in this time zone, such as Europe/Berlin or UTC+02:00.':
    'Das Fenster gilt in dieser Zeitzone, etwa Europe/Berlin oder UTC+02:00.',
  'AWS Lambda': 'AWS Lambda',
  'Call a Lambda function and pass unless it reports an error.':
    'Eine Lambda-Funktion aufrufen; bestanden, wenn sie keinen Fehler meldet.',
  'Calls the handler file that you bind, or ends as you script it. Without either the rule fails.':
    'Ruft die gebundene Handler-Datei auf oder endet wie vorgegeben. Ohne beides schlägt die Regel fehl.',
  'Which file is the function of this rule, or how should the rule end?':
    'Welche Datei ist die Funktion dieser Regel, oder wie soll die Regel enden?',
  'Variable check': 'Variablenprüfung',
  'Compare a variable with a value.': 'Eine Variable mit einem Wert vergleichen.',
  'Compares as AWS does, letter for letter.': 'Vergleicht wie AWS, Zeichen für Zeichen.',
  Variable: 'Variable',
  'Name the variable to look at.': 'Variable, die geprüft wird.',
  Value: 'Wert',
  'Compare with this text or pattern.': 'Mit diesem Text oder Muster vergleichen.',
  Operator: 'Operator',
  'Ask for equal, not equal, contained text or a matching pattern.':
    'Gleich, ungleich, enthaltener Text oder passendes Muster.',
  // Short names, on cards and in the palette.
  Approval: 'Freigabe',
  Lambda: 'Lambda',
  'Step Functions': 'Step Functions',
  Inspector: 'Inspector',
  'Start pipeline': 'Pipeline starten',
};
