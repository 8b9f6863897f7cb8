const artifactOfImage = (number: number) =>
  [
    `Choose the input artifact with imageDetail.json of image ${number}.`,
    `Eingabeartefakt mit der imageDetail.json von Image ${number}.`,
  ] as const;
const placeholderOfImage = (number: number) =>
  [
    `Name the placeholder that image ${number} replaces in the task definition.`,
    `Platzhalter der Task-Definition, den Image ${number} ersetzt.`,
  ] as const;
const IMAGES = [1, 2, 3, 4];

/** Deploys of stacks, applications and containers. */
export const stacks: Readonly<Record<string, string>> = {
  'Amazon S3 deploy': 'Amazon-S3-Deploy',
  'Upload an artifact, or the files in it, to a bucket.': 'Ein Artefakt oder seine Dateien in einen Bucket hochladen.',
  'Writes to the bound folder instead of the bucket.': 'Schreibt in den gebundenen Ordner statt in den Bucket.',
  'Which local folder stands for this bucket?': 'Welcher lokale Ordner steht für diesen Bucket?',
  'Folder in place of the bucket': 'Ordner anstelle des Buckets',
  'Name the bucket that receives the files.': 'Bucket, der die Dateien erhält.',
  'Extract files': 'Dateien entpacken',
  'Upload the files of the artifact; turn off to upload its zip as one object.':
    'Die Dateien des Artefakts hochladen; ausgeschaltet wird sein Zip als ein Objekt hochgeladen.',
  'Object key or prefix': 'Objektschlüssel oder Präfix',
  'Name the object, or the folder in the bucket when files are extracted; {datetime} and {uuid} are filled in.':
    'Das Objekt oder, wenn Dateien entpackt werden, der Ordner im Bucket; {datetime} und {uuid} werden ersetzt.',
  'KMS key ARN': 'ARN des KMS-Schlüssels',
  'Encrypt the objects with this key.': 'Die Objekte mit diesem Schlüssel verschlüsseln.',
  'Canned ACL': 'Vordefinierte ACL',
  'Set who may read and write the objects.': 'Wer die Objekte lesen und schreiben darf.',
  'Cache-Control': 'Cache-Control',
  'Set the caching header of the objects.': 'Der Caching-Header der Objekte.',
  'AWS CloudFormation': 'AWS CloudFormation',
  'Create, update or delete a stack, or make or execute a change set.':
    'Einen Stack anlegen, ändern oder löschen, ein Change-Set anlegen oder ausführen.',
  'Each output of the stack becomes a variable, unless the stack is deleted.':
    'Jede Ausgabe des Stacks wird eine Variable, außer wenn der Stack gelöscht wird.',
  'Checks template, parameters and capabilities; remembers the stack to tell what the next run changes.':
    'Prüft Vorlage, Parameter und Capabilities; merkt sich den Stack und sagt, was der nächste Lauf ändert.',
  Mode: 'Modus',
  'Choose what happens to the stack or change set.': 'Was mit dem Stack oder Change-Set geschieht.',
  Stack: 'Stack',
  'Name the stack.': 'Name des Stacks.',
  'Change set': 'Change-Set',
  'Name the change set to make or execute.': 'Change-Set, das angelegt oder ausgeführt wird.',
  'Role ARN': 'ARN der Rolle',
  'Let CloudFormation act as this role.': 'CloudFormation handelt als diese Rolle.',
  Template: 'Vorlage',
  'Choose an input artifact and the template in it.': 'Ein Eingabeartefakt und die Vorlage darin.',
  'Template configuration': 'Konfiguration der Vorlage',
  'Choose a JSON file with parameters, tags and stack policy.':
    'Eine JSON-Datei mit Parametern, Tags und Stack-Richtlinie.',
  Capabilities: 'Capabilities',
  'Acknowledge IAM resources and macros.': 'IAM-Ressourcen und Makros bestätigen.',
  'Parameter overrides': 'Ersetzte Parameter',
  'Set template parameters as a JSON object of at most 1 KB.':
    'Parameter der Vorlage als JSON-Objekt von höchstens 1 KB.',
  'Output file': 'Ausgabedatei',
  'Write the stack’s outputs to this file of the output artifact.':
    'Die Ausgaben des Stacks in diese Datei des Ausgabeartefakts schreiben.',
  'CloudFormation stack set': 'CloudFormation-Stack-Set',
  'Create or update a stack set, and optionally its stack instances.':
    'Ein Stack-Set und auf Wunsch seine Stack-Instanzen anlegen oder ändern.',
  'Checks template, parameters, targets and Regions; remembers the stack set.':
    'Prüft Vorlage, Parameter, Ziele und Regionen; merkt sich das Stack-Set.',
  'Stack set': 'Stack-Set',
  'Name the stack set.': 'Name des Stack-Sets.',
  Description: 'Beschreibung',
  'Say what the stack set is for.': 'Wozu das Stack-Set dient.',
  Parameters: 'Parameter',
  'Set template parameters, or choose a JSON file of an input artifact.':
    'Parameter der Vorlage oder eine JSON-Datei eines Eingabeartefakts.',
  'Acknowledge IAM resources.': 'IAM-Ressourcen bestätigen.',
  Permissions: 'Berechtigungen',
  'Manage the roles yourself, or let AWS Organizations manage them.':
    'Die Rollen selbst verwalten oder von AWS Organizations verwalten lassen.',
  'Administration role ARN': 'ARN der Administrationsrolle',
  'With self-managed permissions: the role that CloudFormation acts as.':
    'Bei selbst verwalteten Berechtigungen: die Rolle, als die CloudFormation handelt.',
  'Execution role': 'Ausführungsrolle',
  'With self-managed permissions: the role in the target accounts.':
    'Bei selbst verwalteten Berechtigungen: die Rolle in den Zielkonten.',
  'Automatic deployment': 'Automatische Auslieferung',
  'With service-managed permissions: deploy to accounts that join a unit.':
    'Bei vom Dienst verwalteten Berechtigungen: auch in Konten ausliefern, die zu einer Einheit hinzukommen.',
  Targets: 'Ziele',
  'List accounts or organisational units, or choose a JSON file of an input artifact.':
    'Konten oder Organisationseinheiten oder eine JSON-Datei eines Eingabeartefakts.',
  Regions: 'Regionen',
  'List Regions in the order of deployment.': 'Regionen in der Reihenfolge der Auslieferung.',
  'Failure tolerance (%)': 'Fehlertoleranz (%)',
  'Stop in a Region when more than this share of its accounts failed.':
    'In einer Region aufhören, wenn mehr als dieser Anteil ihrer Konten fehlschlug.',
  'Concurrent accounts (%)': 'Gleichzeitige Konten (%)',
  'Work on at most this share of the accounts at once.': 'Höchstens diesen Anteil der Konten zugleich bearbeiten.',
  'Region order': 'Reihenfolge der Regionen',
  'Deploy to the Regions one after another, or to all together.':
    'In die Regionen nacheinander oder in alle zugleich ausliefern.',
  'Concurrency after failures': 'Gleichzeitigkeit nach Fehlern',
  'Slow down as accounts fail (strict), or keep the pace (soft).':
    'Bei Fehlern langsamer werden (strict) oder das Tempo halten (soft).',
  'Act as': 'Handeln als',
  'With service-managed permissions: act as the management account or as a delegated administrator.':
    'Bei vom Dienst verwalteten Berechtigungen: als Verwaltungskonto oder als delegierter Administrator handeln.',
  'Id of the stack set.': 'Id des Stack-Sets.',
  'Id of the stack set operation.': 'Id des Vorgangs am Stack-Set.',
  'CloudFormation stack instances': 'CloudFormation-Stack-Instanzen',
  'Create stack instances of a stack set in accounts and Regions.':
    'Stack-Instanzen eines Stack-Sets in Konten und Regionen anlegen.',
  'Checks targets, Regions and parameters; remembers the instances.':
    'Prüft Ziele, Regionen und Parameter; merkt sich die Instanzen.',
  'Replace parameters of the stack set, or choose a JSON file of an input artifact.':
    'Parameter des Stack-Sets ersetzen oder eine JSON-Datei eines Eingabeartefakts wählen.',
  'AWS CodeDeploy': 'AWS CodeDeploy',
  'Deploy a revision to servers or Lambda functions.': 'Eine Revision auf Server oder Lambda-Funktionen ausliefern.',
  'Copies files into a bound folder and runs the scripts of the AppSpec there; without one only checks.':
    'Kopiert Dateien in einen gebundenen Ordner und führt dort die Skripte der AppSpec aus; ohne Ordner wird nur geprüft.',
  'Which local folder stands for the servers?': 'Welcher lokale Ordner steht für die Server?',
  'Folder in place of the servers': 'Ordner anstelle der Server',
  Application: 'Anwendung',
  'Name the CodeDeploy application.': 'Name der CodeDeploy-Anwendung.',
  'Deployment group': 'Bereitstellungsgruppe',
  'Name the deployment group.': 'Name der Bereitstellungsgruppe.',
  'ECS blue/green deploy': 'ECS-Blau/Grün-Deploy',
  'Replace the tasks of an ECS service blue/green through CodeDeploy.':
    'Die Tasks eines ECS-Dienstes über CodeDeploy blau/grün ersetzen.',
  'Checks task definition, AppSpec and images and fills in the placeholders.':
    'Prüft Task-Definition, AppSpec und Images und setzt die Platzhalter ein.',
  'Task definition artifact': 'Artefakt der Task-Definition',
  'Choose the input artifact with the task definition.': 'Eingabeartefakt mit der Task-Definition.',
  'Task definition file': 'Datei der Task-Definition',
  'Say where the task definition is in that artifact.': 'Wo die Task-Definition in diesem Artefakt liegt.',
  'AppSpec artifact': 'Artefakt der AppSpec',
  'Choose the input artifact with the AppSpec file.': 'Eingabeartefakt mit der AppSpec-Datei.',
  'AppSpec file': 'AppSpec-Datei',
  'Say where the AppSpec file is in that artifact.': 'Wo die AppSpec-Datei in diesem Artefakt liegt.',
  ...Object.fromEntries(IMAGES.map((number) => [`Image ${number} artifact`, `Artefakt von Image ${number}`])),
  ...Object.fromEntries(IMAGES.map((number) => [`Image ${number} placeholder`, `Platzhalter von Image ${number}`])),
  ...Object.fromEntries(IMAGES.map(artifactOfImage)),
  ...Object.fromEntries(IMAGES.map(placeholderOfImage)),
  'Amazon ECS deploy': 'Amazon-ECS-Deploy',
  'Roll new container images out to an ECS service.': 'Neue Container-Images in einen ECS-Dienst ausrollen.',
  'Checks the image definitions; remembers the images of the service.':
    'Prüft die Image-Definitionen; merkt sich die Images des Dienstes.',
  Cluster: 'Cluster',
  'Name the ECS cluster.': 'Name des ECS-Clusters.',
  Service: 'Dienst',
  'Name the ECS service.': 'Name des ECS-Dienstes.',
  'Image definitions file': 'Datei der Image-Definitionen',
  'Say where the image definitions are in the input artifact.': 'Wo die Image-Definitionen im Eingabeartefakt liegen.',
  'Fail when the deployment takes longer, at most 60.':
    'Fehlschlagen, wenn die Auslieferung länger dauert, höchstens 60.',
  'AWS Elastic Beanstalk': 'AWS Elastic Beanstalk',
  'Deploy an application version to a Beanstalk environment.':
    'Eine Anwendungsversion in eine Beanstalk-Umgebung ausliefern.',
  'Checks the source bundle; remembers the version of the environment.':
    'Prüft das Quellpaket; merkt sich die Version der Umgebung.',
  'Name the Beanstalk application.': 'Name der Beanstalk-Anwendung.',
  'Name the Beanstalk environment.': 'Name der Beanstalk-Umgebung.',
  'AWS AppConfig': 'AWS AppConfig',
  'Deploy a configuration file with AppConfig.': 'Eine Konfigurationsdatei mit AppConfig ausliefern.',
  'Checks the configuration file; remembers the version of the environment.':
    'Prüft die Konfigurationsdatei; merkt sich die Version der Umgebung.',
  'Application id': 'Anwendungs-Id',
  'Give the id of the AppConfig application.': 'Id der AppConfig-Anwendung.',
  'Environment id': 'Umgebungs-Id',
  'Give the id of the environment.': 'Id der Umgebung.',
  'Configuration profile id': 'Id des Konfigurationsprofils',
  'Give the id of the configuration profile.': 'Id des Konfigurationsprofils.',
  'Configuration file': 'Konfigurationsdatei',
  'Say where the configuration is in the input artifact.': 'Wo die Konfiguration im Eingabeartefakt liegt.',
  'Deployment strategy': 'Bereitstellungsstrategie',
  'Give the id of the deployment strategy.': 'Id der Bereitstellungsstrategie.',
  // Short names, on cards and in the palette.
  CloudFormation: 'CloudFormation',
  'Stack instances': 'Stack-Instanzen',
  CodeDeploy: 'CodeDeploy',
  'ECS blue/green': 'ECS Blau/Grün',
  'Amazon ECS': 'Amazon ECS',
  Beanstalk: 'Beanstalk',
  AppConfig: 'AppConfig',
};
