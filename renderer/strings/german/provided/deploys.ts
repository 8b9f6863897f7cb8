/** The other deploys: products, servers, clusters, functions and skills. */
export const deploys = {
  'AWS Service Catalog': 'AWS Service Catalog',
  'Publish a new version of a Service Catalog product.':
    'Eine neue Version eines Produkts im Service Catalog veröffentlichen.',
  'Checks template and version; remembers the versions of the product.':
    'Prüft Vorlage und Version; merkt sich die Versionen des Produkts.',
  'Product id': 'Produkt-Id',
  'Give the id of the product.': 'Id des Produkts.',
  'Read all other values from this file of the input artifact.':
    'Alle anderen Werte aus dieser Datei des Eingabeartefakts lesen.',
  'Say where the template is in the input artifact.': 'Wo die Vorlage im Eingabeartefakt liegt.',
  'Version name': 'Name der Version',
  'Name the new version.': 'Name der neuen Version.',
  'Product type': 'Art des Produkts',
  'Choose the kind of product.': 'Die Art des Produkts.',
  'Version description': 'Beschreibung der Version',
  'Say what is new in this version.': 'Was in dieser Version neu ist.',
  'AWS OpsWorks Stacks': 'AWS OpsWorks Stacks',
  'Deploy an app to an OpsWorks stack; AWS has retired the service.':
    'Eine App in einen OpsWorks-Stack ausliefern; AWS hat den Dienst eingestellt.',
  'AWS has retired OpsWorks Stacks; nothing is deployed.':
    'AWS hat OpsWorks Stacks eingestellt; nichts wird ausgeliefert.',
  'How should this simulated action end?': 'Wie soll diese simulierte Action enden?',
  'Name the OpsWorks stack.': 'Name des OpsWorks-Stacks.',
  App: 'App',
  'Name the app in the stack.': 'Name der App im Stack.',
  Layer: 'Ebene',
  'Deploy to this layer only.': 'Nur in diese Ebene ausliefern.',
  'Amazon EC2 deploy': 'Amazon-EC2-Deploy',
  'Copy files to tagged Linux instances and run scripts there.':
    'Dateien auf Linux-Instanzen mit einem Tag kopieren und dort Skripte ausführen.',
  'Copies files into a bound folder and runs the scripts there; without one only checks.':
    'Kopiert Dateien in einen gebundenen Ordner und führt dort die Skripte aus; ohne Ordner wird nur geprüft.',
  'Tag key': 'Tag-Schlüssel',
  'Deploy to instances with this tag.': 'Auf Instanzen mit diesem Tag ausliefern.',
  'Tag value': 'Tag-Wert',
  'Deploy only to instances whose tag has this value.': 'Nur auf Instanzen ausliefern, deren Tag diesen Wert hat.',
  'Instance type': 'Art der Instanzen',
  'Choose EC2 instances or other nodes managed by Systems Manager.':
    'EC2-Instanzen oder andere von Systems Manager verwaltete Knoten.',
  'Target directory': 'Zielverzeichnis',
  'Copy the files to this directory of the instance.': 'Die Dateien in dieses Verzeichnis der Instanz kopieren.',
  'Script before': 'Skript davor',
  'Run this script of the artifact before the files are copied.':
    'Dieses Skript des Artefakts ausführen, bevor die Dateien kopiert werden.',
  'Script after': 'Skript danach',
  'Run this script of the artifact after the files were copied.':
    'Dieses Skript des Artefakts ausführen, nachdem die Dateien kopiert sind.',
  'Deploy spec': 'Deploy-Spec',
  'Read files and scripts from this file of the artifact instead.':
    'Dateien und Skripte stattdessen aus dieser Datei des Artefakts lesen.',
  'Instances at once': 'Instanzen zugleich',
  'Deploy to this many instances at a time.': 'Auf so viele Instanzen zugleich ausliefern.',
  'Errors allowed': 'Erlaubte Fehler',
  'Go on until more than this many instances failed.': 'Weitermachen, bis mehr als so viele Instanzen fehlschlugen.',
  'Target groups': 'Zielgruppen',
  'Take instances out of these load balancer target groups meanwhile.':
    'Instanzen währenddessen aus diesen Zielgruppen des Load-Balancers nehmen.',
  'Amazon EKS deploy': 'Amazon-EKS-Deploy',
  'Apply Kubernetes manifests or install a Helm chart.':
    'Kubernetes-Manifeste anwenden oder ein Helm-Chart installieren.',
  'Checks manifests or the chart; remembers the objects of the cluster.':
    'Prüft Manifeste oder Chart; merkt sich die Objekte des Clusters.',
  'Name the EKS cluster.': 'Name des EKS-Clusters.',
  'Manifest files': 'Manifest-Dateien',
  'List the manifests in the input artifact, for kubectl.': 'Die Manifeste im Eingabeartefakt, für kubectl.',
  'Helm release': 'Helm-Release',
  'Name the Helm release.': 'Name des Helm-Release.',
  'Helm chart': 'Helm-Chart',
  'Say where the chart is in the input artifact.': 'Wo das Chart im Eingabeartefakt liegt.',
  'Helm values files': 'Helm-Wertedateien',
  'List values files inside the chart.': 'Wertedateien innerhalb des Charts.',
  Namespace: 'Namensraum',
  'Deploy to this Kubernetes namespace.': 'In diesen Kubernetes-Namensraum ausliefern.',
  'List subnets from which the cluster is reached.': 'Subnetze, von denen der Cluster erreicht wird.',
  'List security groups from which the cluster is reached.': 'Sicherheitsgruppen, von denen der Cluster erreicht wird.',
  'Cluster that was deployed to.': 'Cluster, in den ausgeliefert wurde.',
  'AWS Lambda deploy': 'AWS-Lambda-Deploy',
  'Publish a function version and shift traffic to it.':
    'Eine Funktionsversion veröffentlichen und Verkehr auf sie umleiten.',
  'Checks the package; counts versions of its own. No function is changed.':
    'Prüft das Paket; zählt eigene Versionen. Keine Funktion wird geändert.',
  Function: 'Funktion',
  'Name the function; it needs a published version.': 'Name der Funktion; sie braucht eine veröffentlichte Version.',
  Alias: 'Alias',
  'Shift this alias to the new version.': 'Diesen Alias auf die neue Version umstellen.',
  'Target version': 'Zielversion',
  'Shift the alias to this existing version, without an input artifact.':
    'Den Alias auf diese vorhandene Version umstellen, ohne Eingabeartefakt.',
  'Traffic shift': 'Umleitung des Verkehrs',
  'Shift at once, as a canary or step by step; needs an alias.':
    'Auf einmal, als Canary oder schrittweise umleiten; braucht einen Alias.',
  Alarms: 'Alarme',
  'Fail when one of these alarms goes off, at most 10 names.':
    'Fehlschlagen, wenn einer dieser Alarme auslöst, höchstens 10 Namen.',
  'Version that was deployed.': 'Ausgelieferte Version.',
  'Alexa Skills Kit': 'Alexa Skills Kit',
  'Update an Alexa skill.': 'Einen Alexa-Skill aktualisieren.',
  'No skill is updated.': 'Kein Skill wird aktualisiert.',
  'Client id': 'Client-Id',
  'Give the Login with Amazon client id.': 'Die Client-Id von Login with Amazon.',
  'Client secret': 'Client-Geheimnis',
  'Give the secret of that client; AWS shows it as ****.': 'Das Geheimnis dieses Clients; AWS zeigt es als ****.',
  'Refresh token': 'Refresh-Token',
  'Give a refresh token of the skill’s owner; AWS shows it as ****.':
    'Ein Refresh-Token des Skill-Besitzers; AWS zeigt es als ****.',
  'Skill id': 'Skill-Id',
  'Give the id of the skill.': 'Id des Skills.',
  // Short names, on cards and in the palette.
  'Service Catalog': 'Service Catalog',
  OpsWorks: 'OpsWorks',
  'Amazon EC2': 'Amazon EC2',
  'Amazon EKS': 'Amazon EKS',
  'Lambda deploy': 'Lambda-Deploy',
  'Alexa skill': 'Alexa-Skill',
};
