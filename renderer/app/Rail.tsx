import { compareActive } from '../compare/compareStore.ts';
import { activeProblems, activeTab, useDocuments } from '../state/documentStore.ts';
import { type LeftPanel, openDialog, showBottom, showView, toggleLeft, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { IconButton } from '../ui/IconButton.tsx';
import {
  CloudIcon,
  CompareIcon,
  FilesIcon,
  HistoryIcon,
  OutlineIcon,
  PaletteIcon,
  SettingsIcon,
  WarningIcon,
} from '../ui/icons.ts';
import styles from './Rail.module.css';

/** What stands at the left: the panels of the document, the executions of all pipelines, AWS, problems, settings. */
export function Rail() {
  const say = strings.app.rail;
  const view = useUi((ui) => ui.view);
  const leftPanel = useUi((ui) => (ui.isLeftOpen && ui.view === 'design' ? ui.leftPanel : undefined));
  const problems = useDocuments(activeProblems);
  const hasTab = useDocuments((state) => activeTab(state) !== undefined);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const panel = (name: LeftPanel) => () => {
    if (view === 'design') toggleLeft(name);
    else {
      useUi.setState({ leftPanel: name, isLeftOpen: true });
      showView('design');
    }
  };
  const noTab = hasTab ? undefined : say.openFirst;
  return (
    <nav className={styles.rail} aria-label={say.title}>
      <IconButton
        icon={PaletteIcon}
        label={say.actions}
        side="right"
        isPressed={leftPanel === 'palette'}
        reason={noTab}
        onClick={panel('palette')}
      />
      <IconButton
        icon={OutlineIcon}
        label={say.outline}
        side="right"
        isPressed={leftPanel === 'outline'}
        reason={noTab}
        onClick={panel('outline')}
      />
      <IconButton
        icon={FilesIcon}
        label={say.files}
        side="right"
        isPressed={leftPanel === 'files'}
        reason={noTab}
        onClick={panel('files')}
      />
      <IconButton
        icon={HistoryIcon}
        label={say.executions}
        side="right"
        isPressed={view === 'history'}
        onClick={() => showView(view === 'history' ? (hasTab ? 'design' : 'start') : 'history')}
      />
      <IconButton
        icon={CloudIcon}
        label={say.aws}
        side="right"
        isPressed={leftPanel === 'aws'}
        reason={noTab}
        onClick={panel('aws')}
      />
      <IconButton
        icon={CompareIcon}
        label={say.compare}
        side="right"
        isPressed={view === 'compare'}
        reason={noTab}
        onClick={() => (view === 'compare' ? showView('design') : compareActive())}
      />
      <span className={styles.counted}>
        <IconButton
          icon={WarningIcon}
          label={say.problems(errors)}
          side="right"
          reason={noTab}
          onClick={() => {
            showView('design');
            showBottom('problems');
          }}
        />
        {errors > 0 && (
          <span className={styles.count} aria-hidden="true">
            {errors > 99 ? '99+' : errors}
          </span>
        )}
      </span>
      <span className={styles.space} />
      <IconButton
        icon={SettingsIcon}
        label={say.settings}
        side="right"
        onClick={() => openDialog({ name: 'settings' })}
      />
    </nav>
  );
}
