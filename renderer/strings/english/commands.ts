import { englishGroups, englishTitles } from '../../../shared/commands/englishTitles.ts';

/** What renderer/commands says. Titles and groups are shared with the menus of the desktop app. */
export const commands = {
  titles: englishTitles,
  groups: englishGroups,
  /** Why a command cannot run now. */
  reasons: {
    openFirst: 'Open a pipeline first.',
    isPart: 'Only the first lines of this file are open.',
    noClosedTab: 'No tab was closed.',
    noTab: (count: number) => (count === 1 ? 'Only one tab is open.' : `Only ${count} tabs are open.`),
    nothingToUndo: 'There is nothing to undo.',
    nothingToRedo: 'There is nothing to redo.',
    showCanvas: 'Show the canvas first.',
    onlyShown: 'This pipeline is only shown here.',
    select: 'Select an action or a stage first.',
    selectAction: 'Select an action first.',
    selectStage: 'Select a stage first.',
    copyFirst: 'Copy an action first.',
    findFirst: 'Find something first.',
    breakInPipeline: 'Breakpoints are set in the pipeline itself.',
    nothingPaused: 'Nothing is paused here.',
    notPausedBefore: 'No action is paused before it starts.',
    showPipeline: 'Show the canvas of the pipeline first.',
    stageBefore: 'Select a stage that has one before it.',
    enabled: 'The transition is enabled.',
    disabled: 'The transition is disabled already.',
    nothingRuns: 'Nothing runs.',
    useRun: 'Nothing runs: use Run.',
    isStarting: 'It is starting.',
    isRunning: 'It is running already.',
    toInstant: 'Go to an instant of an execution first.',
    isArmed: 'They are armed already.',
    notArmed: 'They are not armed.',
  },
};
