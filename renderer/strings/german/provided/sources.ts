/** Source actions, and what is asked of an execution in several places. */
export const sources = {
  'AWS CodeCommit': 'AWS CodeCommit',
  'Fetch a branch of a CodeCommit repository.': 'Einen Branch eines CodeCommit-Repositorys holen.',
  'Reads the bound local repository. A plain folder works too, without the variables of a commit.':
    'Liest das gebundene lokale Repository. Auch ein einfacher Ordner geht, dann ohne die Variablen eines Commits.',
  'Which local repository or folder is this source?': 'Welches lokale Repository oder welcher Ordner ist diese Quelle?',
  Repository: 'Repository',
  'Name the CodeCommit repository.': 'Name des CodeCommit-Repositorys.',
  Branch: 'Branch',
  'Name the branch to fetch and watch.': 'Branch, der geholt und beobachtet wird.',
  'Poll for changes': 'Auf Änderungen abfragen',
  'Turn off when an event rule or webhook starts the pipeline, else each change starts it twice.':
    'Ausschalten, wenn eine Ereignisregel oder ein Webhook die Pipeline startet; sonst startet jede Änderung sie zweimal.',
  'Output artifact format': 'Format des Ausgabeartefakts',
  'Pass on a zip of the files, or a reference from which CodeBuild makes a full clone.':
    'Ein Zip der Dateien weitergeben oder eine Referenz, aus der CodeBuild einen vollständigen Klon macht.',
  'When the commit was authored.': 'Wann der Commit verfasst wurde.',
  'Branch that was fetched.': 'Geholter Branch.',
  'Full id of the commit.': 'Vollständige Id des Commits.',
  'Message of the commit.': 'Nachricht des Commits.',
  'When the commit was committed.': 'Wann der Commit eingetragen wurde.',
  'Repository that was fetched.': 'Geholtes Repository.',
  'Amazon S3 source': 'Amazon-S3-Quelle',
  'Fetch one object, usually a zip, from a versioned bucket.':
    'Ein Objekt, meist ein Zip, aus einem versionierten Bucket holen.',
  'Passes the bound file on as it is, or the bound folder as a zip.':
    'Gibt die gebundene Datei unverändert weiter oder den gebundenen Ordner als Zip.',
  'Which local file (usually a zip) or folder is this object?':
    'Welche lokale Datei (meist ein Zip) oder welcher Ordner ist dieses Objekt?',
  'File, usually a zip': 'Datei, meist ein Zip',
  'Folder, zipped when it runs': 'Ordner, beim Lauf gezippt',
  Bucket: 'Bucket',
  'Name the source bucket; its versioning must be on.': 'Quell-Bucket; seine Versionierung muss eingeschaltet sein.',
  'Object key': 'Objektschlüssel',
  'Name the object to fetch.': 'Objekt, das geholt wird.',
  'Allow another key at start': 'Anderen Schlüssel beim Start erlauben',
  'Let whoever starts the pipeline choose another object key.':
    'Wer die Pipeline startet, darf einen anderen Objektschlüssel wählen.',
  'Bucket that was read.': 'Gelesener Bucket.',
  'Entity tag of the object.': 'Entity-Tag des Objekts.',
  'Key of the object.': 'Schlüssel des Objekts.',
  'Version of the object.': 'Version des Objekts.',
  'Amazon ECR source': 'Amazon-ECR-Quelle',
  'Start from a container image that was pushed to a repository.':
    'Von einem Container-Image ausgehen, das in ein Repository geschoben wurde.',
  'Takes the image that the bound file describes; nothing is fetched.':
    'Nimmt das Image, das die gebundene Datei beschreibt; nichts wird geholt.',
  'Which file says what image this is (imageDetail.json, or one line with its digest)?':
    'Welche Datei beschreibt das Image (imageDetail.json oder eine Zeile mit seinem Digest)?',
  'File that describes the image': 'Datei, die das Image beschreibt',
  'Name the ECR repository.': 'Name des ECR-Repositorys.',
  'Image tag': 'Image-Tag',
  'Watch this tag.': 'Dieses Tag wird beobachtet.',
  'Digest of the image manifest.': 'Digest des Image-Manifests.',
  'Tag of the image.': 'Tag des Images.',
  'Address of the image, with its digest.': 'Adresse des Images mit seinem Digest.',
  'Account of the registry.': 'Konto der Registry.',
  'Repository of the image.': 'Repository des Images.',
  'Repository connection': 'Repository-Verbindung',
  'Fetch a branch of a GitHub, GitLab, Bitbucket or Azure DevOps repository.':
    'Einen Branch eines Repositorys bei GitHub, GitLab, Bitbucket oder Azure DevOps holen.',
  'Reads the bound local repository; the connection is not used. A plain folder works too, without the variables of a commit.':
    'Liest das gebundene lokale Repository; die Verbindung wird nicht benutzt. Auch ein einfacher Ordner geht, dann ohne die Variablen eines Commits.',
  'Connection ARN': 'ARN der Verbindung',
  'Name the connection; its handshake must be complete.': 'Die Verbindung; ihre Einrichtung muss abgeschlossen sein.',
  'Write owner and name, spelled exactly as the provider spells them.':
    'Besitzer und Name, genau in der Schreibweise des Anbieters.',
  'Start on push': 'Bei Push starten',
  'Start the pipeline when the branch receives a push.': 'Die Pipeline starten, wenn der Branch einen Push erhält.',
  'Name of the author.': 'Name des Autors.',
  'E-mail address of the author.': 'E-Mail-Adresse des Autors.',
  'Author’s user id at the provider.': 'Benutzer-Id des Autors beim Anbieter.',
  'Connection that was used.': 'Benutzte Verbindung.',
  'Target branch of a pull request.': 'Zielbranch eines Pull-Requests.',
  'Owner and name of the repository.': 'Besitzer und Name des Repositorys.',
  'Kind of provider, such as GitHub.': 'Art des Anbieters, etwa GitHub.',
  'Number of the pull request.': 'Nummer des Pull-Requests.',
  'Title of the pull request.': 'Titel des Pull-Requests.',
  'Head branch of a pull request.': 'Quellbranch eines Pull-Requests.',
  'Tag that started the pipeline.': 'Tag, das die Pipeline gestartet hat.',
  'GitHub (version 1)': 'GitHub (Version 1)',
  'Fetch a branch of a GitHub repository with a personal access token.':
    'Einen Branch eines GitHub-Repositorys mit einem persönlichen Zugangstoken holen.',
  'Reads the bound local repository; the token is not used. A plain folder works too, without the variables of a commit.':
    'Liest das gebundene lokale Repository; das Token wird nicht benutzt. Auch ein einfacher Ordner geht, dann ohne die Variablen eines Commits.',
  Owner: 'Besitzer',
  'Name the user or organisation.': 'Benutzer oder Organisation.',
  'Name the repository, without its owner.': 'Name des Repositorys, ohne seinen Besitzer.',
  'Access token': 'Zugangstoken',
  'Give a token, best as a secret reference; AWS shows it as ****.':
    'Ein Token, am besten als Verweis auf ein Geheimnis; AWS zeigt es als ****.',
  'Web address of the commit.': 'Webadresse des Commits.',
  // Short names, on cards and in the palette.
  'Amazon S3': 'Amazon S3',
  'Amazon ECR': 'Amazon ECR',
  CodeCommit: 'CodeCommit',
  Connection: 'Verbindung',
  'GitHub v1': 'GitHub v1',
};
