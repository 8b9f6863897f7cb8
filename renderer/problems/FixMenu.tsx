import { DropdownMenu } from 'radix-ui';
import type { Problem } from '../../shared/problem.ts';
import { strings } from '../strings/strings.ts';
import { ErrorIcon, WarningIcon } from '../ui/icons.ts';
import menu from '../ui/Menu.module.css';
import styles from './FixMenu.module.css';
import { countLike, fixesFor, makeAll, makeFix, useFixes } from './fixStore.ts';
import { showProblem } from './showProblem.ts';

const close = () => useFixes.setState({ menu: null });

/** A problem was chosen to be shown: the keyboard goes there, not back. */
let leads = false;

/** The ways to mend what is selected: one menu for the list, the fields and the cards. Mounted once. */
export function FixMenu() {
  const open = useFixes((state) => state.menu);
  const said = useFixes((state) => state.said);
  return (
    <>
      <p className="visually-hidden" role="status" data-fixes-said>
        {said}
      </p>
      {open && (
        <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && close()}>
          <DropdownMenu.Trigger asChild>
            <span className={styles.anchor} style={{ left: open.x, top: open.y }} aria-hidden="true" />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              className={`${menu.menu} ${styles.menu}`}
              align="start"
              sideOffset={4}
              collisionPadding={8}
              loop
              aria-label={strings.problems.fixes}
              aria-labelledby={undefined}
              onCloseAutoFocus={(event) => {
                event.preventDefault();
                // What was mended may be gone with its row.
                if (!leads && open.returnTo?.isConnected) open.returnTo.focus();
                leads = false;
              }}
            >
              {open.problems.map((problem, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be the same in every word
                <FixesOf key={index} problem={problem} />
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      )}
    </>
  );
}

function FixesOf({ problem }: { problem: Problem }) {
  const fixes = fixesFor(problem);
  const like = countLike(problem);
  const Icon = problem.severity === 'error' ? ErrorIcon : WarningIcon;
  return (
    <DropdownMenu.Group className={styles.group}>
      <DropdownMenu.Label className={styles.problem}>
        <span className={styles.icon} data-severity={problem.severity}>
          <Icon size={15} aria-hidden="true" />
        </span>
        <span>{strings.messages.text(problem.what)}</span>
      </DropdownMenu.Label>
      {fixes.map((fix) => (
        <DropdownMenu.Item key={fix.title} className={`${menu.item} ${styles.fix}`} onSelect={() => makeFix(fix)}>
          {fix.title}
        </DropdownMenu.Item>
      ))}
      {fixes.length === 0 && <p className={styles.hint}>{strings.messages.text(problem.fix)}</p>}
      {fixes[0] && like > 1 && (
        <DropdownMenu.Item
          className={`${menu.item} ${styles.fix}`}
          onSelect={() => fixes[0] && makeAll(problem, fixes[0])}
        >
          {strings.problems.fixAll(like)}
        </DropdownMenu.Item>
      )}
      <DropdownMenu.Item
        className={`${menu.item} ${styles.fix} ${styles.show}`}
        onSelect={() => {
          leads = true;
          showProblem(problem);
        }}
      >
        {strings.problems.show}
      </DropdownMenu.Item>
    </DropdownMenu.Group>
  );
}
