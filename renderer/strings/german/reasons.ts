/** Why an execution, a stage or an action is as it is (shared/execution/why.ts). A `{}` is what the sentence names. */
export const reasons = {
  'It has not started.': 'Sie hat nicht begonnen.',
  'It rolls "{}" back to what execution {} brought there; no other stage is run.':
    'Sie rollt „{}“ auf das zurück, was Ausführung {} dorthin brachte; keine andere Stage läuft.',
  'It began at "{}" with the results of execution {}; the stages before it are not run.':
    'Sie begann bei „{}“ mit den Ergebnissen der Ausführung {}; die Stages davor laufen nicht.',
  'It runs only {}, with the inputs of execution {}; no other stage is run.':
    'Sie führt nur {} aus, mit den Eingaben der Ausführung {}; keine andere Stage läuft.',
  'Superseded while it waited at "{}": execution {}, which was started later, came to the same entrance.':
    'Überholt, während sie vor „{}“ wartete: Ausführung {}, später gestartet, kam an denselben Eingang.',
  'Cancelled: {}': 'Abgebrochen: {}',
  'the pipeline was updated.': 'die Pipeline wurde geändert.',
  'the pipeline was updated to version {}.': 'die Pipeline wurde auf Version {} geändert.',
  'Stopped by request.': 'Auf Verlangen angehalten.',
  'Stopped by request: {}': 'Auf Verlangen angehalten: {}',
  'Stopped by request, running work abandoned.': 'Auf Verlangen angehalten, laufende Arbeit aufgegeben.',
  'Stopped by request, running work abandoned: {}': 'Auf Verlangen angehalten, laufende Arbeit aufgegeben: {}',
  'It is being stopped. ({} abandoned)': 'Sie wird angehalten. ({} aufgegeben)',
  'It is being stopped. (waiting for {} to end)': 'Sie wird angehalten. (wartet auf das Ende von {})',
  'It is being stopped: {} ({} abandoned)': 'Sie wird angehalten: {} ({} aufgegeben)',
  'It is being stopped: {} (waiting for {} to end)': 'Sie wird angehalten: {} (wartet auf das Ende von {})',
  'its rules': 'ihren Regeln',
  'Failed in the stage "{}".': 'In der Stage „{}“ gescheitert.',
  'It becomes Cancelled as soon as its running actions have ended: {}':
    'Sie wird abgebrochen, sobald ihre laufenden Actions beendet sind: {}',
  'It stands at the entrance of "{}".': 'Sie steht am Eingang von „{}“.',
  'Waits at the entrance of "{}": {}.': 'Wartet am Eingang von „{}“: {}.',
  'Waits at the entrance of "{}": {}. There: {}': 'Wartet am Eingang von „{}“: {}. Dort: {}',
  'the transition was disabled by {} ({})': 'die Transition wurde von {} gesperrt ({})',
  'execution {} is inside': 'Ausführung {} ist darin',
  'execution {} came first': 'Ausführung {} war zuerst da',
  'it waited at a disabled transition for more than 30 days and does not go on by itself':
    'sie wartete über 30 Tage vor einer gesperrten Transition und geht nicht von selbst weiter',
  'Not rolled back: {}': 'Nicht zurückgerollt: {}',
  'Rolled back to execution {} by execution {}.': 'Auf Ausführung {} zurückgerollt durch Ausführung {}.',
  'Rolled back to execution {} by execution {} (not started yet).':
    'Auf Ausführung {} zurückgerollt durch Ausführung {} (noch nicht gestartet).',
  'Rolled back to execution {} by execution {}, as its onSuccess condition asked, so this execution went no further.':
    'Auf Ausführung {} zurückgerollt durch Ausführung {}, wie die Bedingung onSuccess verlangt; diese Ausführung ging nicht weiter.',
  'Rolled back to execution {} by execution {} (not started yet), as its onSuccess condition asked, so this execution went no further.':
    'Auf Ausführung {} zurückgerollt durch Ausführung {} (noch nicht gestartet), wie die Bedingung onSuccess verlangt; diese Ausführung ging nicht weiter.',
  'Not run: the execution began at "{}".': 'Nicht gelaufen: die Ausführung begann bei „{}“.',
  'Not run: the execution was for "{}" only.': 'Nicht gelaufen: die Ausführung war nur für „{}“.',
  'Not run: the execution was {} before it began.': 'Nicht gelaufen: die Ausführung war {}, bevor sie begann.',
  'Never entered: the execution was {} while it waited at the entrance.':
    'Nie betreten: die Ausführung war {}, während sie am Eingang wartete.',
  'Not reached: the execution ended in "{}" ({}).': 'Nicht erreicht: die Ausführung endete in „{}“ ({}).',
  'Every stage succeeded.': 'Alle Stages sind gelungen.',
  'It is about to begin.': 'Sie beginnt gleich.',
  'It goes on after "{}".': 'Sie geht nach „{}“ weiter.',

  'Goes on as soon as the stage is free.': 'Geht weiter, sobald die Stage frei ist.',
  'Is retried as soon as the stage is free.': 'Wird wiederholt, sobald die Stage frei ist.',
  'Failed because {} failed.': 'Gescheitert, weil {} gescheitert ist.',
  'Failed because {} failed. It was retried automatically before, which happens once.':
    'Gescheitert, weil {} gescheitert ist. Davor wurde einmal von selbst wiederholt; das geschieht nur einmal.',
  'It was retried automatically before, which happens once.':
    'Davor wurde einmal von selbst wiederholt; das geschieht nur einmal.',
  'Stopped: the execution was stopped while it was in this stage.':
    'Angehalten: die Ausführung wurde in dieser Stage angehalten.',
  '{}: the rule {} ({}) is being evaluated.': '{}: die Regel {} ({}) wird geprüft.',
  '{}: the rule {} ({}) waits for a deployment window ({}) that does not open any more.':
    '{}: die Regel {} ({}) wartet auf ein Zeitfenster ({}), das sich nicht mehr öffnet.',
  '{}: the rule {} ({}) finds the deployment window ({}, {}) open.':
    '{}: die Regel {} ({}) findet das Zeitfenster ({}, {}) offen.',
  '{}: the rule {} ({}) waits for the deployment window ({}, {}), which opens at {}.':
    '{}: die Regel {} ({}) wartet auf das Zeitfenster ({}, {}), das sich um {} öffnet.',
  '{}: the rule {} waits to be started.': '{}: die Regel {} wartet auf ihren Start.',
  'The {} condition was overridden by {}.': 'Die Bedingung {} wurde von {} übergangen.',
  'a person': 'jemandem',
  'The {} condition was not decided: {}': 'Die Bedingung {} wurde nicht entschieden: {}',
  'The {} condition was met: {}.': 'Die Bedingung {} ist erfüllt: {}.',
  'The {} condition was not met, so the failure stands. {}':
    'Die Bedingung {} ist nicht erfüllt; es bleibt beim Scheitern. {}',
  'The {} condition was not met, so the stage was skipped. {}':
    'Die Bedingung {} ist nicht erfüllt; die Stage wurde übersprungen. {}',
  'The {} condition was not met, so the stage failed. {}':
    'Die Bedingung {} ist nicht erfüllt; die Stage ist gescheitert. {}',
  'The {} condition was not met, which asks for a rollback. {}':
    'Die Bedingung {} ist nicht erfüllt; das verlangt ein Rollback. {}',
  'Rule {} failed: {}': 'Regel {} ist gescheitert: {}',
  'Rule {} failed.': 'Regel {} ist gescheitert.',
  'Rule {} could not be evaluated: {}': 'Regel {} konnte nicht geprüft werden: {}',
  'Rule {} could not be evaluated.': 'Regel {} konnte nicht geprüft werden.',
  'The execution is cancelled: {}': 'Die Ausführung wird abgebrochen: {}',
  'The execution was stopped and its rules abandoned.':
    'Die Ausführung wurde angehalten, ihre Regeln wurden aufgegeben.',
  'The execution was stopped before its rules were done.':
    'Die Ausführung wurde angehalten, bevor ihre Regeln fertig waren.',
  'this execution is itself a rollback.': 'diese Ausführung ist selbst ein Rollback.',
  'a pipeline in PARALLEL mode has no rollback.': 'eine Pipeline im Modus PARALLEL hat kein Rollback.',
  'the source stage has no rollback.': 'die Source-Stage hat kein Rollback.',
  'no execution of the present version has succeeded in it.':
    'keine Ausführung der jetzigen Version ist darin gelungen.',

  'Waits at a breakpoint before it starts, since {}.': 'Wartet seit {} an einem Haltepunkt vor dem Start.',
  'Waits at a breakpoint after its end, since {}.': 'Wartet seit {} an einem Haltepunkt nach dem Ende.',
  'Waits for an approval, until {}.': 'Wartet auf eine Freigabe, bis {}.',
  'Waits for an approval, until {}: {}': 'Wartet auf eine Freigabe, bis {}: {}',
  'Waits for a job worker to take its job.': 'Wartet darauf, dass ein Worker den Auftrag nimmt.',
  'It is running.': 'Läuft.',
  'Abandoned: the execution was stopped without waiting for it.':
    'Aufgegeben: die Ausführung wurde angehalten, ohne darauf zu warten.',
  'Failed: {}': 'Gescheitert: {}',
  'Failed.': 'Gescheitert.',
  'Not run: only another action of the stage was asked for.':
    'Nicht gelaufen: nur eine andere Action der Stage war verlangt.',
  'Not run: its result of execution {} counts.': 'Nicht gelaufen: das Ergebnis der Ausführung {} gilt.',
  'Not run: a person skipped it at a breakpoint.': 'Nicht gelaufen: an einem Haltepunkt übersprungen.',
  'Waits for its turn: in PARALLEL mode {} actions of an execution run at once.':
    'Wartet, bis sie an der Reihe ist: im Modus PARALLEL laufen {} Actions einer Ausführung zugleich.',
  'Waits to be started: for a free slot on this machine.':
    'Wartet auf den Start: auf einen freien Platz dieses Rechners.',
  "Didn't run: the stage was skipped.": 'Nicht gelaufen: die Stage wurde übersprungen.',
  'Never started: the beforeEntry condition was not met.':
    'Nie gestartet: die Bedingung beforeEntry ist nicht erfüllt.',
  'Never started: the pipeline was updated.': 'Nie gestartet: die Pipeline wurde geändert.',
  'Never started: the execution was stopped.': 'Nie gestartet: die Ausführung wurde angehalten.',
  'Never started: {} failed before it.': 'Nie gestartet: {} ist davor gescheitert.',
  'Never started.': 'Nie gestartet.',
  'Waits for the beforeEntry condition.': 'Wartet auf die Bedingung beforeEntry.',
  'Waits for {}, which has a lower run order.': 'Wartet auf {} mit kleinerer Run Order.',
  'Waits for {}, which have a lower run order.': 'Wartet auf {} mit kleinerer Run Order.',
};
