const notCalled = (product: string) =>
  `${product} wird nicht aufgerufen: Die Action endet wie eingestellt, oder sie wartet auf einen Job-Worker, der Jobs abfragt.`;

/** Build, test and compute actions. */
export const builds = {
  'AWS CodeBuild': 'AWS CodeBuild',
  'Build, package or check code as a buildspec says.':
    'Code bauen, paketieren oder prüfen, wie es eine Buildspec sagt.',
  'Each name under env/exported-variables of the buildspec.': 'Jeder Name unter env/exported-variables der Buildspec.',
  'Runs the buildspec in a shell of this machine, or in a container of an image that you name.':
    'Führt die Buildspec in einer Shell dieses Rechners aus oder in einem Container eines angegebenen Images.',
  'Which environment and buildspec does this CodeBuild project have?':
    'Welche Umgebung und welche Buildspec hat dieses CodeBuild-Projekt?',
  Project: 'Projekt',
  'Name the CodeBuild project that runs.': 'CodeBuild-Projekt, das läuft.',
  'Primary source': 'Hauptquelle',
  'Choose the input artifact that holds the buildspec and becomes the working directory.':
    'Eingabeartefakt, das die Buildspec enthält und zum Arbeitsverzeichnis wird.',
  'the only input artifact': 'das einzige Eingabeartefakt',
  'Batch build': 'Batch-Build',
  'Run the builds of the buildspec’s batch section.': 'Die Builds aus dem Abschnitt batch der Buildspec ausführen.',
  'Combine batch artifacts': 'Batch-Artefakte zusammenfassen',
  'Put the artifacts of all builds of the batch into one zip; needs a batch build.':
    'Die Artefakte aller Builds des Batchs in ein Zip legen; braucht einen Batch-Build.',
  'Environment variables': 'Umgebungsvariablen',
  'Add or replace environment variables as a JSON list, at most 1000 characters long.':
    'Umgebungsvariablen ergänzen oder ersetzen, als JSON-Liste von höchstens 1000 Zeichen.',
  Buildspec: 'Buildspec',
  'Replace the project’s buildspec for this action: YAML text, or a path in the primary source.':
    'Ersetzt für diese Action die Buildspec des Projekts: YAML-Text oder ein Pfad in der Hauptquelle.',
  'ECR build and publish': 'ECR-Build und Veröffentlichung',
  'Build a container image and push it to a repository.': 'Ein Container-Image bauen und in ein Repository schieben.',
  'Checks the Dockerfile and what it copies; no image is built or pushed.':
    'Prüft das Dockerfile und was es kopiert; kein Image wird gebaut oder veröffentlicht.',
  'How should this action end, if not by its local checks?':
    'Wie soll diese Action enden, wenn nicht durch ihre lokalen Prüfungen?',
  'Name the repository that receives the image.': 'Repository, das das Image erhält.',
  Dockerfile: 'Dockerfile',
  'Say where the Dockerfile is in the input artifact.': 'Wo das Dockerfile im Eingabeartefakt liegt.',
  'Image tags': 'Image-Tags',
  'List the tags, separated by commas.': 'Die Tags, durch Kommas getrennt.',
  Registry: 'Registry',
  'Push to a private or a public registry.': 'In eine private oder eine öffentliche Registry veröffentlichen.',
  'Digest of the image that was pushed.': 'Digest des veröffentlichten Images.',
  'Repository that received the image.': 'Repository, das das Image erhielt.',
  Jenkins: 'Jenkins',
  'Build code in a Jenkins job through the CodePipeline plugin.':
    'Code in einem Jenkins-Job über das CodePipeline-Plugin bauen.',
  'Jenkins is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('Jenkins'),
  'Who does the work of this action?': 'Wer macht die Arbeit dieser Action?',
  Job: 'Job',
  'Name the job as it is set in the plugin.': 'Name des Jobs, wie er im Plugin steht.',
  CloudBees: 'CloudBees',
  'Build code in CloudBees.': 'Code in CloudBees bauen.',
  'CloudBees is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('CloudBees'),
  'JetBrains TeamCity': 'JetBrains TeamCity',
  'Build code in TeamCity.': 'Code in TeamCity bauen.',
  'JetBrains TeamCity is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('JetBrains TeamCity'),
  Commands: 'Commands',
  'Run shell commands on managed compute, without a build project.':
    'Shell-Befehle auf verwalteter Rechenleistung ausführen, ohne Build-Projekt.',
  'Each name in the outputVariables of the action.': 'Jeder Name in den outputVariables der Action.',
  'Runs the commands in a shell of this machine, or in a container of an image that you name.':
    'Führt die Befehle in einer Shell dieses Rechners aus oder in einem Container eines angegebenen Images.',
  'Which environment and secrets do these commands have?':
    'Welche Umgebung und welche Geheimnisse haben diese Befehle?',
  Environment: 'Umgebung',
  'Choose the operating system.': 'Das Betriebssystem.',
  Compute: 'Rechenleistung',
  'Choose how large the machine is; Windows needs medium or large.':
    'Wie groß die Maschine ist; Windows braucht medium oder large.',
  'Run inside this VPC.': 'In dieser VPC ausführen.',
  Subnets: 'Subnetze',
  'List subnets of the VPC, separated by commas.': 'Subnetze der VPC, durch Kommas getrennt.',
  'Security groups': 'Sicherheitsgruppen',
  'List security groups of the VPC, separated by commas.': 'Sicherheitsgruppen der VPC, durch Kommas getrennt.',
  'AWS CodeBuild test': 'AWS-CodeBuild-Test',
  'Test code as a buildspec says.': 'Code testen, wie es eine Buildspec sagt.',
  'AWS Device Farm': 'AWS Device Farm',
  'Test a mobile or web app on real devices.': 'Eine Mobil- oder Web-App auf echten Geräten testen.',
  'Checks application, test and settings; no device is used.':
    'Prüft Anwendung, Test und Einstellungen; kein Gerät wird benutzt.',
  'App type': 'Art der App',
  'Choose the kind of application.': 'Die Art der Anwendung.',
  'Project id': 'Projekt-Id',
  'Give the id of the Device Farm project, not its ARN.': 'Die Id des Device-Farm-Projekts, nicht seinen ARN.',
  'App file': 'App-Datei',
  'Say where the app is in the input artifact.': 'Wo die App im Eingabeartefakt liegt.',
  'Test type': 'Art des Tests',
  'Choose the test framework.': 'Das Test-Framework.',
  'Device pool ARN': 'ARN des Gerätepools',
  'Name the devices to test on.': 'Geräte, auf denen getestet wird.',
  'Appium version': 'Appium-Version',
  'Name the Appium version; AWS asks for it and ignores its value.':
    'Die Appium-Version; AWS verlangt sie und beachtet ihren Wert nicht.',
  'Test file': 'Testdatei',
  'Say where the test package or definition is in the input artifact.':
    'Wo das Testpaket oder die Testdefinition im Eingabeartefakt liegt.',
  'Fuzz events': 'Fuzz-Ereignisse',
  'Send this many random events, from 1 to 10000.': 'So viele zufällige Ereignisse senden, 1 bis 10000.',
  'Fuzz interval (ms)': 'Fuzz-Abstand (ms)',
  'Wait this long between random events, from 1 to 1000.':
    'So lange zwischen zufälligen Ereignissen warten, 1 bis 1000.',
  'Fuzz seed': 'Fuzz-Startwert',
  'Repeat an earlier fuzz run with its seed.': 'Einen früheren Fuzz-Lauf mit seinem Startwert wiederholen.',
  'Record performance': 'Leistung aufzeichnen',
  'Record processor, frame rate and memory.': 'Prozessor, Bildrate und Speicher aufzeichnen.',
  'Record video': 'Video aufzeichnen',
  'Record the screen.': 'Den Bildschirm aufzeichnen.',
  'Bluetooth on': 'Bluetooth an',
  'Start with Bluetooth on.': 'Mit eingeschaltetem Bluetooth beginnen.',
  'Wi-Fi on': 'WLAN an',
  'Start with Wi-Fi on.': 'Mit eingeschaltetem WLAN beginnen.',
  'NFC on': 'NFC an',
  'Start with NFC on.': 'Mit eingeschaltetem NFC beginnen.',
  'GPS on': 'GPS an',
  'Start with GPS on.': 'Mit eingeschaltetem GPS beginnen.',
  'Host artifacts': 'Artefakte des Hosts',
  'Keep files from this path of the host machine.': 'Dateien aus diesem Pfad des Hosts behalten.',
  'Device artifacts': 'Artefakte des Geräts',
  'Keep files from this path of the device.': 'Dateien aus diesem Pfad des Geräts behalten.',
  'Unmetered devices only': 'Nur Geräte ohne Zeitabrechnung',
  'Use only devices that you pay for by the month.': 'Nur Geräte benutzen, die monatlich bezahlt werden.',
  'Time limit (minutes)': 'Zeitgrenze (Minuten)',
  'End a device’s run after this time.': 'Den Lauf eines Geräts nach dieser Zeit beenden.',
  Latitude: 'Geografische Breite',
  'Place the device at this latitude, in degrees.': 'Geografische Breite des Geräts in Grad.',
  Longitude: 'Geografische Länge',
  'Place the device at this longitude, in degrees.': 'Geografische Länge des Geräts in Grad.',
  BlazeMeter: 'BlazeMeter',
  'Load-test an application with BlazeMeter.': 'Eine Anwendung mit BlazeMeter einem Lasttest unterziehen.',
  'BlazeMeter is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('BlazeMeter'),
  'Ghost Inspector': 'Ghost Inspector',
  'Test a web interface with Ghost Inspector.': 'Eine Weboberfläche mit Ghost Inspector testen.',
  'Ghost Inspector is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('Ghost Inspector'),
  'StormRunner Load': 'StormRunner Load',
  'Load-test an application with StormRunner Load.': 'Eine Anwendung mit StormRunner Load einem Lasttest unterziehen.',
  'StormRunner Load is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('StormRunner Load'),
  'Nouvola DiveCloud': 'Nouvola DiveCloud',
  'Load-test an application with Nouvola.': 'Eine Anwendung mit Nouvola einem Lasttest unterziehen.',
  'Nouvola DiveCloud is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('Nouvola DiveCloud'),
  Runscope: 'Runscope',
  'Check APIs with Runscope.': 'APIs mit Runscope prüfen.',
  'Runscope is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('Runscope'),
  'Jenkins test': 'Jenkins-Test',
  'Test code in a Jenkins job through the CodePipeline plugin.':
    'Code in einem Jenkins-Job über das CodePipeline-Plugin testen.',
  Snyk: 'Snyk',
  'Scan open-source dependencies with Snyk.': 'Quelloffene Abhängigkeiten mit Snyk untersuchen.',
  'Snyk is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('Snyk'),
  'XebiaLabs Deploy': 'XebiaLabs Deploy',
  'Deploy an application with XebiaLabs (Digital.ai) Deploy.':
    'Eine Anwendung mit XebiaLabs (Digital.ai) Deploy ausliefern.',
  'XebiaLabs Deploy is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.':
    notCalled('XebiaLabs Deploy'),
  // Short names, on cards and in the palette.
  'Device Farm': 'Device Farm',
  'ECR build': 'ECR-Build',
  Nouvola: 'Nouvola',
  StormRunner: 'StormRunner',
  TeamCity: 'TeamCity',
  XebiaLabs: 'XebiaLabs',
};
