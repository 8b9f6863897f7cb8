import { ContextMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { findCommand, keysOf, reasonAgainst } from '../commands/registry.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import menu from '../ui/Menu.module.css';
import { canvas, type Gesture, isSelected, select, useCanvas } from './canvasStore.ts';
import { pickUp } from './carry.ts';
import { connect, connectable, connectTargets, disconnect } from './operations/connect.ts';
import { indicesOf } from './operations/operation.ts';
import { perform } from './perform.ts';
import { pipeAt } from './pipePointer.ts';
import { RunItems } from './RunItems.tsx';

type Aim =
  | { kind: 'action' | 'stage'; where: string }
  | { kind: 'pipe'; artifact: string; target: string }
  | { kind: 'ground' };

/** The menu of the right button (and of Shift+F10): what can be done with what is under it. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const [aim, setAim] = useState<Aim>({ kind: 'ground' });
  const documentId = useCanvas((state) => state.documentId);
  const take = (event: React.MouseEvent) => {
    const pipe = pipeAt(event);
    const where = (event.target as Element).closest<HTMLElement>('[data-where]')?.dataset.where;
    // From the keyboard the event comes from the canvas itself: then the selection is meant.
    const place = where ?? ((event.target as Element).hasAttribute('data-canvas') ? canvas().selected : '');
    if (pipe) setAim({ kind: 'pipe', artifact: pipe.artifact, target: pipe.target });
    else if (place) {
      if (!isSelected(place)(canvas())) select(place);
      setAim({ kind: place.includes('/') ? 'action' : 'stage', where: place });
    } else setAim({ kind: 'ground' });
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={take}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menu.menu} collisionPadding={8}>
          {aim.kind === 'pipe' ? (
            <ContextMenu.Item
              className={menu.item}
              onSelect={() => perform(disconnect(canvas().pipeline, aim.target, aim.artifact))}
            >
              {strings.canvas.menu.disconnect(aim.artifact)}
            </ContextMenu.Item>
          ) : (
            <>
              {aim.kind !== 'ground' && (
                <ContextMenu.Item className={menu.item} onSelect={() => useUi.setState({ isInspectorOpen: true })}>
                  {strings.canvas.menu.inspect}
                </ContextMenu.Item>
              )}
              {aim.kind !== 'ground' && <CommandItem id="edit.fix" />}
              {aim.kind !== 'ground' && (
                <ContextMenu.Item
                  className={menu.item}
                  disabled={documentId === null}
                  onSelect={() => afterMenu(() => pickUp(carried(aim.where)))}
                >
                  {strings.canvas.menu.pickUp}
                </ContextMenu.Item>
              )}
              {aim.kind === 'action' && <TakeArtifact where={aim.where} />}
              {aim.kind === 'action' && <ConnectTo where={aim.where} />}
              <CommandItem id="pipeline.addAction" />
              <CommandItem id="pipeline.addStage" />
              <CommandItem id="pipeline.paste" />
              <CommandItem id="pipeline.pasteLinked" />
              {aim.kind !== 'ground' && <RunItems where={aim.where} />}
              {aim.kind !== 'ground' && (
                <>
                  <ContextMenu.Separator className={menu.separator} />
                  <CommandItem id="pipeline.rename" />
                  <CommandItem id="pipeline.copy" />
                  <CommandItem id="pipeline.duplicate" />
                  <CommandItem id="pipeline.note" />
                  <CommandItem id="view.fold" />
                  <CommandItem id="pipeline.delete" />
                </>
              )}
              {aim.kind === 'ground' && (
                <>
                  <ContextMenu.Separator className={menu.separator} />
                  <CommandItem id="view.find" />
                  <CommandItem id="view.minimap" />
                  <CommandItem id="view.fit" />
                </>
              )}
            </>
          )}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function CommandItem({ id }: { id: string }) {
  const command = findCommand(id);
  if (!command) return null;
  return (
    <ContextMenu.Item className={menu.item} disabled={reasonAgainst(command) !== undefined} onSelect={command.run}>
      {command.title}
      <span className={menu.keys}>{keysOf(id)}</span>
    </ContextMenu.Item>
  );
}

/** Once the menu has closed and given the keyboard back. */
const afterMenu = (act: () => void) => setTimeout(act);

function carried(where: string): Gesture {
  const found = indicesOf(canvas().pipeline, where);
  if (found?.actionIndex === undefined) return { kind: 'stage', where };
  const action = canvas().pipeline.stages[found.stageIndex]!.actions[found.actionIndex]!;
  return { kind: 'move', where, category: action.actionTypeId.category, isCopy: false };
}

/** What a drag from a port does, by choosing from a list: to which later action an artifact of this one goes. */
function ConnectTo({ where }: { where: string }) {
  const pipeline = useCanvas((state) => state.pipeline);
  const choices = connectTargets(pipeline, where);
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className={menu.item} disabled={choices.length === 0}>
        {strings.canvas.menu.connectTo}
        <span className={menu.keys}>▸</span>
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className={menu.menu} collisionPadding={8}>
          {choices.map((choice) => (
            <ContextMenu.Item
              key={choice.where}
              className={menu.item}
              onSelect={() => perform(connect(pipeline, where, choice.where))}
            >
              {choice.actionName}
              <span className={menu.keys}>{choice.stageName}</span>
            </ContextMenu.Item>
          ))}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}

/** The same from the other end: which artifact this one takes. */
function TakeArtifact({ where }: { where: string }) {
  const pipeline = useCanvas((state) => state.pipeline);
  const choices = connectable(pipeline, where);
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className={menu.item} disabled={choices.length === 0}>
        {strings.canvas.menu.takeArtifact}
        <span className={menu.keys}>▸</span>
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className={menu.menu} collisionPadding={8}>
          {choices.map(({ artifact, stageName, actionName }) => (
            <ContextMenu.Item
              key={`${stageName}/${actionName}/${artifact}`}
              className={menu.item}
              onSelect={() => perform(connect(pipeline, `${stageName}/${actionName}`, where, artifact))}
            >
              {artifact}
              <span className={menu.keys}>{`${stageName} · ${actionName}`}</span>
            </ContextMenu.Item>
          ))}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}
