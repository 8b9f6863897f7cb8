import { Command as Menu } from 'cmdk';
import { useLayoutEffect, useRef } from 'react';
import { go } from '../canvas/keyboard.ts';
import { commands, keysOf, reasonAgainst } from '../commands/registry.ts';
import { activate, activePipeline, setSelection, titleOf, useDocuments } from '../state/documentStore.ts';
import { closeDialog, setEditorMode } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { matchWords } from '../ui/matchWords.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './CommandPalette.module.css';

/** One field for everything: commands (those that cannot run now say why), places of the pipeline, open documents. */
export function CommandPalette() {
  const say = strings.app.palette;
  const pipeline = useDocuments(activePipeline);
  const tabs = useDocuments((state) => state.tabs);
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The browser would choose the list around the field.
      input.current?.focus();
    }
    return () => element?.close();
  }, []);
  const after = (act: () => void) => () => {
    closeDialog();
    act();
  };
  const show = (where: string) => {
    setEditorMode('design');
    setSelection(where);
    requestAnimationFrame(() => go(where));
  };
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={say.title}
      onCancel={(event) => {
        event.preventDefault();
        closeDialog();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && closeDialog()}
    >
      <Menu label={say.commands} loop filter={matchWords}>
        <Menu.Input ref={input} className={styles.input} placeholder={say.placeholder} />
        <Menu.List className={styles.list}>
          <Menu.Empty className={styles.empty}>{say.none}</Menu.Empty>
          <Menu.Group heading={say.commands} className={styles.group}>
            {commands
              .filter(({ id }) => id !== 'view.commands')
              .map((command) => {
                const reason = reasonAgainst(command);
                return (
                  <Menu.Item
                    key={command.id}
                    className={styles.item}
                    value={`${command.title} ${strings.commands.groups[command.group]}`}
                    disabled={reason !== undefined}
                    onSelect={after(command.run)}
                  >
                    <span>{command.title}</span>
                    <span className={styles.aside}>{reason ?? keysOf(command.id)}</span>
                  </Menu.Item>
                );
              })}
          </Menu.Group>
          {pipeline && (
            <Menu.Group heading={say.goTo} className={styles.group}>
              {pipeline.stages.map((stage) => (
                <Menu.Item
                  key={stage.name}
                  className={styles.item}
                  value={say.stageWords(stage.name)}
                  onSelect={after(() => show(stage.name))}
                >
                  <span>{stage.name}</span>
                  <span className={styles.aside}>{say.stage}</span>
                </Menu.Item>
              ))}
              {pipeline.stages.flatMap((stage) =>
                stage.actions.map((action) => (
                  <Menu.Item
                    key={`${stage.name}/${action.name}`}
                    className={styles.item}
                    value={`${action.name} ${stage.name} ${action.actionTypeId.provider}`}
                    onSelect={after(() => show(`${stage.name}/${action.name}`))}
                  >
                    <ProviderGlyph category={action.actionTypeId.category} size="small" />
                    <span>{action.name}</span>
                    <span className={styles.aside}>{stage.name}</span>
                  </Menu.Item>
                )),
              )}
            </Menu.Group>
          )}
          {tabs.length > 1 && (
            <Menu.Group heading={say.open} className={styles.group}>
              {tabs.map((tab) => (
                <Menu.Item
                  key={tab.documentId}
                  className={styles.item}
                  value={`${titleOf(tab)} ${tab.path}`}
                  onSelect={after(() => activate(tab.documentId))}
                >
                  <span>{titleOf(tab)}</span>
                  <span className={styles.aside}>{tab.path}</span>
                </Menu.Item>
              ))}
            </Menu.Group>
          )}
        </Menu.List>
      </Menu>
    </dialog>
  );
}
