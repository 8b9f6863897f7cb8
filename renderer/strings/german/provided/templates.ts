/** The templates of the gallery (assets/templates). */
export const templates = {
  Websites: 'Websites',
  Applications: 'Anwendungen',
  Containers: 'Container',
  Serverless: 'Serverless',
  Infrastructure: 'Infrastruktur',
  Testing: 'Tests',
  Data: 'Daten',
  'Static site to S3': 'Statische Website nach S3',
  'Builds the pages of a repository and uploads them to a bucket.':
    'Baut die Seiten eines Repositorys und lädt sie in einen Bucket hoch.',
  'A repository with a buildspec.yml that writes the site':
    'Ein Repository mit einer buildspec.yml, die die Website schreibt',
  'A CodeBuild project': 'Ein CodeBuild-Projekt',
  'An S3 bucket for the site': 'Ein S3-Bucket für die Website',
  'Node service with approval': 'Node-Dienst mit Freigabe',
  'Builds and tests a Node service, asks for approval, then updates its stack through a change set.':
    'Baut und testet einen Node-Dienst, fragt um Freigabe und ändert dann seinen Stack über ein Change-Set.',
  'A repository with package.json, buildspec.yml and a CloudFormation template':
    'Ein Repository mit package.json, buildspec.yml und einer CloudFormation-Vorlage',
  'A CodeBuild project that exports VERSION': 'Ein CodeBuild-Projekt, das VERSION exportiert',
  'A role that CloudFormation may act as': 'Eine Rolle, als die CloudFormation handeln darf',
  'An SNS topic for approvals': 'Ein SNS-Thema für Freigaben',
  'Fan-out of parallel tests': 'Auffächern in parallele Tests',
  'Compiles once, runs four kinds of tests side by side and gathers their reports before it deploys.':
    'Übersetzt einmal, führt vier Arten von Tests nebeneinander aus und sammelt ihre Berichte vor der Auslieferung.',
  'A repository with a buildspec.yml and a Makefile with the targets of the tests':
    'Ein Repository mit einer buildspec.yml und einem Makefile mit den Zielen der Tests',
  'An S3 bucket for the reports and one for the app': 'Ein S3-Bucket für die Berichte und einer für die App',
  'Web app to Elastic Beanstalk': 'Web-App nach Elastic Beanstalk',
  'Builds a bundle and deploys it to an Elastic Beanstalk environment.':
    'Baut ein Paket und liefert es in eine Elastic-Beanstalk-Umgebung aus.',
  'A repository with a buildspec.yml that makes the bundle':
    'Ein Repository mit einer buildspec.yml, die das Paket macht',
  'An Elastic Beanstalk application and environment': 'Eine Elastic-Beanstalk-Anwendung mit Umgebung',
  'Test, staging and production with gates': 'Test, Staging und Produktion mit Toren',
  'Deploys one build to three environments; a person opens the gate to each but the first.':
    'Liefert einen Build in drei Umgebungen aus; außer zur ersten öffnet ein Mensch jeweils das Tor.',
  'A repository with a buildspec.yml and an appspec.yml':
    'Ein Repository mit einer buildspec.yml und einer appspec.yml',
  'A CodeDeploy application with three deployment groups': 'Eine CodeDeploy-Anwendung mit drei Bereitstellungsgruppen',
  'Releases by tag, with variables': 'Releases nach Tag, mit Variablen',
  'Starts on version tags and on pushes to main that touch the app; the environment is chosen when it starts.':
    'Startet bei Versionstags und bei Pushs nach main, die die App berühren; die Umgebung wird beim Start gewählt.',
  'A repository with a Makefile and a template': 'Ein Repository mit einem Makefile und einer Vorlage',
  'A connection to its host': 'Eine Verbindung zu seinem Anbieter',
  'Container to Amazon ECS': 'Container nach Amazon ECS',
  'Builds an image, pushes it and rolls it out to an ECS service.':
    'Baut ein Image, veröffentlicht es und rollt es in einen ECS-Dienst aus.',
  'A repository with a Dockerfile and a buildspec.yml that pushes the image and writes imagedefinitions.json':
    'Ein Repository mit einem Dockerfile und einer buildspec.yml, die das Image veröffentlicht und imagedefinitions.json schreibt',
  'A CodeBuild project that may push to Amazon ECR': 'Ein CodeBuild-Projekt, das nach Amazon ECR veröffentlichen darf',
  'An ECS cluster and a service': 'Ein ECS-Cluster und ein Dienst',
  'Blue/green to Amazon ECS': 'Blau/Grün nach Amazon ECS',
  'Builds an image, asks for approval and shifts traffic to it through CodeDeploy.':
    'Baut ein Image, fragt um Freigabe und leitet den Verkehr über CodeDeploy darauf um.',
  'A repository with a Dockerfile, taskdef.json, appspec.yaml and a buildspec.yml that writes imageDetail.json':
    'Ein Repository mit Dockerfile, taskdef.json, appspec.yaml und einer buildspec.yml, die imageDetail.json schreibt',
  'A CodeDeploy application and deployment group for ECS':
    'Eine CodeDeploy-Anwendung und Bereitstellungsgruppe für ECS',
  'Deploy a pushed image': 'Ein veröffentlichtes Image ausliefern',
  'Starts when an image is pushed to Amazon ECR and rolls it out to an ECS service.':
    'Startet, wenn ein Image nach Amazon ECR kommt, und rollt es in einen ECS-Dienst aus.',
  'An Amazon ECR repository': 'Ein Amazon-ECR-Repository',
  'A CodeBuild project that turns imageDetail.json into imagedefinitions.json':
    'Ein CodeBuild-Projekt, das aus imageDetail.json imagedefinitions.json macht',
  'Lambda function': 'Lambda-Funktion',
  'Tests a function, packages it and moves its alias to the new version.':
    'Testet eine Funktion, paketiert sie und stellt ihren Alias auf die neue Version um.',
  'A repository with a function and a buildspec.yml that packages it':
    'Ein Repository mit einer Funktion und einer buildspec.yml, die sie paketiert',
  'Two CodeBuild projects': 'Zwei CodeBuild-Projekte',
  'A Lambda function with an alias': 'Eine Lambda-Funktion mit einem Alias',
  'CloudFormation with a reviewed change set': 'CloudFormation mit geprüftem Change-Set',
  'Packages a template, makes a change set, waits for a person and executes it.':
    'Paketiert eine Vorlage, macht ein Change-Set, wartet auf einen Menschen und führt es aus.',
  'A repository with a template and a buildspec.yml that packages it':
    'Ein Repository mit einer Vorlage und einer buildspec.yml, die sie paketiert',
  'One stack in two Regions': 'Ein Stack in zwei Regionen',
  'Deploys the same template to a first Region, then to a second, with an artifact bucket in each.':
    'Liefert dieselbe Vorlage in eine erste und dann in eine zweite Region aus, mit je einem Artefakt-Bucket.',
  'An artifact bucket in each Region': 'Ein Artefakt-Bucket in jeder Region',
  'Data job on an uploaded file': 'Datenjob für eine hochgeladene Datei',
  'Starts when a file is uploaded to S3, checks it, runs a state machine on it and publishes the result.':
    'Startet, wenn eine Datei nach S3 kommt, prüft sie, lässt einen Zustandsautomaten darüber laufen und veröffentlicht das Ergebnis.',
  'A versioned S3 bucket for uploads': 'Ein versionierter S3-Bucket für Uploads',
  'A Lambda function that checks a file': 'Eine Lambda-Funktion, die eine Datei prüft',
  'A Step Functions state machine': 'Ein Step-Functions-Zustandsautomat',
  'A CodeBuild project and an S3 bucket for results': 'Ein CodeBuild-Projekt und ein S3-Bucket für Ergebnisse',
};
