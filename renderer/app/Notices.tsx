import { dismiss, type Notice, useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { CloseIcon, ErrorIcon, InfoIcon, SucceededIcon, WarningIcon } from '../ui/icons.ts';
import styles from './Notices.module.css';
import { useNoticePlace } from './useNoticePlace.ts';

const icons = { info: InfoIcon, success: SucceededIcon, warning: WarningIcon, error: ErrorIcon };

/** Notices in the lower left of the canvas, or of a view without one, newest below; said to a screen reader when they come. */
export function Notices() {
  const notices = useUi((ui) => ui.notices);
  const place = useNoticePlace(notices.length > 0);
  return (
    <section className={styles.notices} aria-label={strings.app.notices.title} aria-live="polite" style={place}>
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Toast({ notice: { id, kind, text, detail, action } }: { notice: Notice }) {
  const Icon = icons[kind];
  return (
    <div className={styles.notice} data-kind={kind}>
      <Icon className={styles.icon} size={16} aria-hidden="true" />
      <div className={styles.text}>
        <span>{text}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
        {action && (
          <button
            type="button"
            className={styles.action}
            onClick={() => {
              dismiss(id);
              action.run();
            }}
          >
            {action.label}
          </button>
        )}
      </div>
      <button
        type="button"
        className={styles.close}
        aria-label={strings.app.notices.dismiss}
        onClick={() => dismiss(id)}
      >
        <CloseIcon size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
