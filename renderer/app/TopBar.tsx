import { useLayoutEffect, useRef } from 'react';
import { keysOf, runCommand, runOrSayWhy } from '../commands/registry.ts';
import { useRun } from '../run/runStore.ts';
import { StopMenu } from '../run/StopMenu.tsx';
import { activeTab, isDirty, redoLabel, undoLabel, useDocuments } from '../state/documentStore.ts';
import { isShownRunning, useExecution } from '../state/executionStore.ts';
import { openDialog, setEditorMode, showView, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { PushIcon, RedoIcon, RunIcon, SaveIcon, SearchIcon, UndoIcon } from '../ui/icons.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { DocumentTabs } from './DocumentTabs.tsx';
import { Logo } from './Logo.tsx';
import styles from './TopBar.module.css';

export function TopBar() {
  const hasTab = useDocuments((state) => activeTab(state) !== undefined);
  const isDesign = useUi((ui) => ui.view === 'design');
  return (
    <header className={styles.bar}>
      <button type="button" className={styles.home} aria-label={strings.app.top.home} onClick={() => showView('start')}>
        <Logo />
        <span>{strings.app.product}</span>
      </button>
      <DocumentTabs />
      <button type="button" className={styles.search} onClick={() => openDialog({ name: 'commands' })}>
        <SearchIcon size={14} aria-hidden="true" />
        <span className={styles.searchText}>{strings.app.top.search}</span>
        <kbd>{keysOf('view.commands')}</kbd>
      </button>
      {hasTab && isDesign && <DocumentControls />}
    </header>
  );
}

function DocumentControls() {
  const say = strings.app.top;
  const undoable = useDocuments(undoLabel);
  const redoable = useDocuments(redoLabel);
  const isRunning = useExecution(isShownRunning);
  const isUnsaved = useDocuments((state) => {
    const tab = activeTab(state);
    return tab !== undefined && (isDirty(tab) || tab.path === '');
  });
  const runSlot = useRef<HTMLSpanElement>(null);
  // Run becomes Stop and the reverse; a keyboard that stood on the one stands on the other.
  const hadFocus = runSlot.current?.contains(document.activeElement) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where one button took the place of the other.
  useLayoutEffect(() => {
    if (hadFocus) runSlot.current?.querySelector('button')?.focus();
  }, [isRunning]);
  return (
    <div className={styles.controls}>
      <ModeSwitch />
      <IconButton
        icon={SaveIcon}
        label={say.save}
        keys={keysOf('file.save')}
        reason={isUnsaved ? undefined : say.isSaved}
        onClick={() => runCommand('file.save')}
      />
      <IconButton
        icon={UndoIcon}
        label={say.undo(undoable)}
        keys={keysOf('edit.undo')}
        reason={undoable ? undefined : say.nothingToUndo}
        onClick={() => runCommand('edit.undo')}
      />
      <IconButton
        icon={RedoIcon}
        label={say.redo(redoable)}
        keys={keysOf('edit.redo')}
        reason={redoable ? undefined : say.nothingToRedo}
        onClick={() => runCommand('edit.redo')}
      />
      <Tooltip text={say.pushNote}>
        <Button icon={PushIcon} onClick={() => runOrSayWhy('run.push')}>
          {say.push}
        </Button>
      </Tooltip>
      <span ref={runSlot}>{isRunning ? <StopMenu /> : <RunButton />}</span>
    </div>
  );
}

function RunButton() {
  const isStarting = useRun(({ startingId }) => startingId !== null);
  return (
    <Tooltip text={strings.app.top.runNote} keys={keysOf('run.start')}>
      <Button icon={RunIcon} variant="primary" aria-disabled={isStarting} onClick={() => runOrSayWhy('run.start')}>
        {isStarting ? strings.app.top.starting : strings.app.top.run}
      </Button>
    </Tooltip>
  );
}

function ModeSwitch() {
  const mode = useUi((ui) => ui.editorMode);
  return (
    <fieldset className={styles.modes} aria-label={strings.app.top.view}>
      {(['design', 'split', 'code'] as const).map((choice) => (
        <button key={choice} type="button" aria-pressed={mode === choice} onClick={() => setEditorMode(choice)}>
          {strings.app.top.mode[choice]}
        </button>
      ))}
    </fieldset>
  );
}
