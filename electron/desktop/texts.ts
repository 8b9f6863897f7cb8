import { englishGroups, englishTitles } from '../../shared/commands/englishTitles.ts';
import { germanGroups, germanTitles } from '../../shared/commands/germanTitles.ts';
import type { Language } from '../../shared/language.ts';

/** Where a long list of commands is read and agreed to instead; the command itself is the same in every language. */
const ON_COMMAND_LINE = 'penstock run FILE --trust';

/** What the desktop app says outside of its windows: menus and native dialogs. */
const english = {
  titles: englishTitles,
  groups: englishGroups,
  /** The menu of tabs. */
  tabs: 'Tabs',
  cancel: 'Cancel',
  fileTypes: { pictures: 'Pictures', pipelines: 'Pipelines' },
  consent: {
    title: 'Run commands?',
    ask: 'Run the commands of this project?',
    askChanged: 'The commands of this project changed. Run them?',
    page: (number: number, count: number) => ` (${number} of ${count})`,
    openedAs: (path: string) => `(opened as ${path})`,
    ownRights: 'They run with your own rights',
    ownRightsSummary: (summary: string) => `It runs, with your own rights, ${summary}`,
    readOn: 'Read on',
    run: 'Run these commands',
    tooLong: (pages: number) =>
      `The commands of this project fill ${pages} pages, more than anybody reads in a dialog.`,
    tooLongFix: `Read them in the Code tab, then run once on the command line with --trust: ${ON_COMMAND_LINE}`,
  },
  tidings: {
    waits: (actionName: string) => `${actionName} waits for approval`,
    ended: {
      Succeeded: 'Succeeded',
      Failed: 'Failed',
      Stopped: 'Stopped',
      Superseded: 'Superseded',
      Cancelled: 'Cancelled',
    },
  },
  quit: {
    title: 'Quit Penstock?',
    running: (count: number, names: string) =>
      `${count === 1 ? 'An execution is' : `${count} executions are`} running: ${names}`,
    more: (names: string, count: number) => `${names} and ${count} more`,
    detail:
      'Left running, the commands at work finish by themselves and Penstock goes on from there when it is started again. Stopped, they are ended now and their actions are Abandoned.',
    leave: 'Leave running and quit',
    stop: 'Stop and quit',
  },
  discard: {
    title: 'Unsaved edits',
    ask: 'Close the window without saving your edits?',
    keep: 'Keep the window open',
    discard: 'Discard edits',
  },
};
export type DesktopTexts = typeof english;

const german: DesktopTexts = {
  titles: germanTitles,
  groups: germanGroups,
  tabs: 'Tabs',
  cancel: 'Abbrechen',
  fileTypes: { pictures: 'Bilder', pipelines: 'Pipelines' },
  consent: {
    title: 'Befehle ausführen?',
    ask: 'Die Befehle dieses Projekts ausführen?',
    askChanged: 'Die Befehle dieses Projekts haben sich geändert. Ausführen?',
    page: (number, count) => ` (${number} von ${count})`,
    openedAs: (path) => `(geöffnet als ${path})`,
    ownRights: 'Sie laufen mit den eigenen Rechten',
    ownRightsSummary: (summary) => `Mit den eigenen Rechten läuft: ${summary}`,
    readOn: 'Weiterlesen',
    run: 'Diese Befehle ausführen',
    tooLong: (pages) => `Die Befehle dieses Projekts füllen ${pages} Seiten, mehr als jemand in einem Dialog liest.`,
    tooLongFix: `Im Code-Tab lesen, dann einmal auf der Befehlszeile mit --trust ausführen: ${ON_COMMAND_LINE}`,
  },
  tidings: {
    waits: (actionName) => `${actionName} wartet auf Freigabe`,
    ended: {
      Succeeded: 'Gelungen',
      Failed: 'Gescheitert',
      Stopped: 'Angehalten',
      Superseded: 'Überholt',
      Cancelled: 'Abgebrochen',
    },
  },
  quit: {
    title: 'Penstock beenden?',
    running: (count, names) => `${count === 1 ? 'Eine Ausführung läuft' : `${count} Ausführungen laufen`}: ${names}`,
    more: (names, count) => `${names} und ${count} weitere`,
    detail:
      'Laufen sie weiter, werden die begonnenen Befehle von selbst fertig, und Penstock fährt beim nächsten Start dort fort. Angehalten, enden sie jetzt, und ihre Actions sind Abandoned.',
    leave: 'Weiterlaufen lassen und beenden',
    stop: 'Anhalten und beenden',
  },
  discard: {
    title: 'Nicht gespeicherte Änderungen',
    ask: 'Das Fenster schließen, ohne die Änderungen zu speichern?',
    keep: 'Fenster offen lassen',
    discard: 'Änderungen verwerfen',
  },
};

export const desktopTexts = (language: Language): DesktopTexts => (language === 'de' ? german : english);
