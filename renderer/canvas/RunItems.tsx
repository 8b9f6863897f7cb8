import { ContextMenu } from 'radix-ui';
import { findCommand, keysOf, reasonAgainst } from '../commands/registry.ts';
import { breakpointOf } from '../debug/debugRun.ts';
import { strings } from '../strings/strings.ts';
import menu from '../ui/Menu.module.css';

const words = strings.canvas.menu;

/** What can be run, stopped at or gone back to from a card or a stage. Those that mean nothing now are left out. */
export function RunItems({ where }: { where: string }) {
  const isAction = where.includes('/');
  const breakpoint = breakpointOf(where);
  const items: { id: string; title?: string; isAlways?: boolean }[] = isAction
    ? [
        { id: 'run.continue' },
        { id: 'run.skip' },
        { id: 'run.breakBefore', title: breakpoint ? words.removeBreakpoint : words.breakBefore, isAlways: true },
        ...(breakpoint === 'after' ? [] : [{ id: 'run.breakAfter', title: words.breakAfter }]),
        { id: 'run.fromHere', isAlways: true },
        { id: 'run.onlyThis', isAlways: true },
      ]
    : [
        { id: 'run.rollBack', title: words.rollBack(where), isAlways: true },
        { id: 'run.disableTransition', title: words.disable(where) },
        { id: 'run.enableTransition', title: words.enable(where) },
      ];
  return (
    <>
      <ContextMenu.Separator className={menu.separator} />
      {items.map(({ id, title, isAlways }) => {
        const command = findCommand(id);
        const reason = command && reasonAgainst(command);
        if (!command || (reason !== undefined && !isAlways)) return null;
        return (
          <ContextMenu.Item
            key={id}
            className={menu.item}
            disabled={reason !== undefined}
            title={reason}
            onSelect={command.run}
          >
            {title ?? command.title}
            <span className={menu.keys}>{keysOf(id)}</span>
          </ContextMenu.Item>
        );
      })}
    </>
  );
}
