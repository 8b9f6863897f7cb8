/** Faults of a text that is no pipeline declaration, and what mends them; renames. */
export const texts = {
  'This is a CloudFormation template. This version reads pipeline declarations in JSON or YAML only.':
    'Das ist eine CloudFormation-Vorlage. Diese Version liest nur Pipeline-Deklarationen in JSON oder YAML.',
  'Deploy the template, then pull the pipeline from AWS or save what `aws codepipeline get-pipeline` prints.':
    'Die Vorlage ausliefern und dann die Pipeline von AWS holen oder speichern, was `aws codepipeline get-pipeline` ausgibt.',
  'Start from a template, or paste what `aws codepipeline get-pipeline` prints.':
    'Mit einer Vorlage beginnen oder einfügen, was `aws codepipeline get-pipeline` ausgibt.',
  'The text is empty.': 'Der Text ist leer.',
  'This is {}, not a pipeline declaration.': 'Das ist {}, keine Pipeline-Deklaration.',
  'A declaration is {"pipeline": {"name": …, "stages": […]}}, as `aws codepipeline get-pipeline` prints it.':
    'Eine Deklaration ist {"pipeline": {"name": …, "stages": […]}}, wie `aws codepipeline get-pipeline` sie ausgibt.',
  'The text is larger than {} MB.': 'Der Text ist größer als {} MB.',
  'A pipeline at every limit of AWS has half a megabyte. Open the right file.':
    'Eine Pipeline an allen Grenzen von AWS hat ein halbes Megabyte. Die richtige Datei öffnen.',
  'The text contains NUL characters, so it is a binary file or encoded as UTF-16.':
    'Der Text enthält NUL-Zeichen, ist also eine Binärdatei oder als UTF-16 kodiert.',
  'Save it as UTF-8 text.': 'Als UTF-8-Text speichern.',
  'The text cannot be changed from the canvas: {}': 'Der Text kann nicht von der Zeichenfläche aus geändert werden: {}',
  'Mend the text first.': 'Zuerst den Text berichtigen.',
  'The text cannot take a change at {}.': 'Der Text kann bei {} keine Änderung aufnehmen.',
  'Make this change in the text itself.': 'Diese Änderung im Text selbst machen.',
  'This is no JSON value.': 'Das ist kein JSON-Wert.',
  'Write text in double quotes; only true, false, null and numbers go without.':
    'Text in doppelte Anführungszeichen setzen; nur true, false, null und Zahlen stehen ohne.',
  'This number is malformed.': 'Diese Zahl ist falsch geschrieben.',
  'Write a plain decimal number, or put the value in double quotes.':
    'Eine einfache Dezimalzahl schreiben oder den Wert in doppelte Anführungszeichen setzen.',
  'A key in double quotes is expected here.': 'Hier wird ein Schlüssel in doppelten Anführungszeichen erwartet.',
  'Write "key": value.': '"Schlüssel": Wert schreiben.',
  'A value is expected here.': 'Hier wird ein Wert erwartet.',
  'Add the missing value or remove the comma or colon before it.':
    'Den fehlenden Wert ergänzen oder das Komma oder den Doppelpunkt davor entfernen.',
  'A colon is expected here.': 'Hier wird ein Doppelpunkt erwartet.',
  'Write a colon between key and value.': 'Zwischen Schlüssel und Wert einen Doppelpunkt schreiben.',
  'A comma is expected here.': 'Hier wird ein Komma erwartet.',
  'Write a comma between two entries.': 'Zwischen zwei Einträge ein Komma schreiben.',
  'The text ends or goes on where a closing brace is expected.':
    'Der Text endet oder geht weiter, wo eine schließende geschweifte Klammer erwartet wird.',
  'Close the object with }.': 'Das Objekt mit } schließen.',
  'The text ends or goes on where a closing bracket is expected.':
    'Der Text endet oder geht weiter, wo eine schließende eckige Klammer erwartet wird.',
  'Close the list with ].': 'Die Liste mit ] schließen.',
  'There is more text after the end of the JSON value.': 'Nach dem Ende des JSON-Werts kommt noch Text.',
  'Keep one value in the file and remove the rest.': 'Einen Wert in der Datei behalten und den Rest entfernen.',
  'JSON has no comments, and AWS refuses a file with one.':
    'JSON hat keine Kommentare, und AWS lehnt eine Datei mit einem ab.',
  'Remove the comment, or keep the pipeline as YAML.': 'Den Kommentar entfernen oder die Pipeline als YAML führen.',
  'A comment is never closed.': 'Ein Kommentar wird nie geschlossen.',
  'Remove the comment: JSON has none.': 'Den Kommentar entfernen: JSON hat keine.',
  'A text is never closed.': 'Ein Text wird nie geschlossen.',
  'Add the closing double quote on the same line.':
    'Das schließende doppelte Anführungszeichen in derselben Zeile ergänzen.',
  'This number is incomplete.': 'Diese Zahl ist unvollständig.',
  'Complete the number.': 'Die Zahl vervollständigen.',
  'This escape is unknown to JSON.': 'Diese Escape-Folge kennt JSON nicht.',
  'Write a backslash itself as \\\\.': 'Einen Backslash selbst als \\\\ schreiben.',
  'A control character stands inside a text.': 'In einem Text steht ein Steuerzeichen.',
  'Write it as an escape, for example \\n or \\t.': 'Es als Escape-Folge schreiben, zum Beispiel \\n oder \\t.',
  'The text nests deeper than {} levels.': 'Der Text ist tiefer als {} Ebenen verschachtelt.',
  'The text holds more than {} values and marks.': 'Der Text enthält mehr als {} Werte und Zeichen.',
  'JSON allows no comma after the last entry.': 'JSON erlaubt nach dem letzten Eintrag kein Komma.',
  'Remove the comma.': 'Das Komma entfernen.',
  'The key "{}" stands twice in one object; AWS reads only the last.':
    'Der Schlüssel „{}“ steht zweimal in einem Objekt; AWS liest nur den letzten.',
  'The pipeline has {} stages and {} actions; AWS allows 50 and 1,000, and more than {} are not read.':
    'Die Pipeline hat {} Stages und {} Actions; AWS erlaubt 50 und 1.000, und mehr als {} werden nicht gelesen.',
  'Split it into several pipelines.': 'Sie in mehrere Pipelines teilen.',
  'Write it in double quotes: "{}".': 'In doppelten Anführungszeichen schreiben: "{}".',
  'Write the number without quotes.': 'Die Zahl ohne Anführungszeichen schreiben.',
  'Write {"name": "…"}.': '{"name": "…"} schreiben.',
  'Write {}, or remove the field.': '{} schreiben oder das Feld entfernen.',
  'A pipeline needs far less. Open the right file.': 'Eine Pipeline braucht weit weniger. Die richtige Datei öffnen.',
  'The text is larger than {}, the limit for YAML.': 'Der Text ist größer als {}, die Grenze für YAML.',
  'The text has more than {} anchors and aliases.': 'Der Text hat mehr als {} Anker und Aliasse.',
  'The file holds {} YAML documents; only the first is read.':
    'Die Datei enthält {} YAML-Dokumente; nur das erste wird gelesen.',
  'Keep one pipeline in a file.': 'Eine Pipeline je Datei führen.',
  'Remove the tag: a pipeline declaration has plain values only.':
    'Das Tag entfernen: Eine Pipeline-Deklaration hat nur einfache Werte.',
  'Indent with spaces.': 'Mit Leerzeichen einrücken.',
  'Mend the YAML here; the lines before it are read.': 'Das YAML hier berichtigen; die Zeilen davor werden gelesen.',
  'Written out, the aliases of this text make more than {} values.':
    'Ausgeschrieben ergeben die Aliasse dieses Textes mehr als {} Werte.',
  'A mapping or list is used as a key.': 'Ein Objekt oder eine Liste dient als Schlüssel.',
  'Use plain names as keys.': 'Einfache Namen als Schlüssel benutzen.',
  'The alias *{} refers to no anchor before it.': 'Der Alias *{} verweist auf keinen Anker davor.',
  'The key "{}" stands twice in one mapping; only the last is read.':
    'Der Schlüssel „{}“ steht zweimal in einem Objekt; nur der letzte wird gelesen.',
  'Remove the comma': 'Komma entfernen',
  'Remove the comment': 'Kommentar entfernen',
  'Insert the comma': 'Komma einfügen',
  'Insert the colon': 'Doppelpunkt einfügen',
  'Close the text with a quote': 'Text mit einem Anführungszeichen schließen',
  'Close what is open with {}': 'Offenes mit {} schließen',
  'Indent with spaces': 'Mit Leerzeichen einrücken',
  'Insert a space after the colon': 'Leerzeichen nach dem Doppelpunkt einfügen',
  'Close the bracket': 'Klammer schließen',
  'Rename stage {} to {}': 'Stage {} in {} umbenennen',
  'A stage needs a name.': 'Eine Stage braucht einen Namen.',
  'There already is a stage "{}".': 'Es gibt schon eine Stage „{}“.',
  'An action needs a name.': 'Eine Action braucht einen Namen.',
  'Rename artifact {} to {}': 'Artefakt {} in {} umbenennen',
  'An artifact needs a name.': 'Ein Artefakt braucht einen Namen.',
  'There already is an artifact "{}".': 'Es gibt schon ein Artefakt „{}“.',
  'Rename namespace {} to {}': 'Namensraum {} in {} umbenennen',
  'Set namespace {}': 'Namensraum {} setzen',
  'Another action already has the namespace "{}".': 'Eine andere Action hat schon den Namensraum „{}“.',
  'Clear namespace of {}': 'Namensraum von {} löschen',
  'Rename variable {} to {}': 'Variable {} in {} umbenennen',
  'A variable needs a name.': 'Eine Variable braucht einen Namen.',
  'There already is a variable "{}".': 'Es gibt schon eine Variable „{}“.',
};
