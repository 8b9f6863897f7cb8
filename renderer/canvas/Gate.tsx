import { Popover } from 'radix-ui';
import { useMemo } from 'react';
import { COMPARE_PLACE, HISTORY_PLACE, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { GatePanel } from '../transitions/GatePanel.tsx';
import { setOpenGate, stageStateOf, usePipelines } from '../transitions/pipelineStore.ts';
import popover from '../ui/Popover.module.css';
import { useCanvas } from './canvasStore.ts';
import styles from './Gate.module.css';

interface GateProps {
  stageName: string;
  /** The shown execution stands in front of it at the shown instant. */
  isWaiting: boolean;
}

const words = strings.canvas.gate;

/**
 * The transition into a stage: a sluice gate on the line between two lanes. Raised while executions may pass, down while it is
 * disabled, with the number of those that wait in front of it. It belongs to the pipeline, not to an execution; only the record
 * of an execution shows it as that execution met it.
 */
export function Gate(props: GateProps) {
  const isRecord = useExecution(({ place }) => place === HISTORY_PLACE || place === COMPARE_PLACE);
  return isRecord ? <RecordedGate {...props} /> : <GateSwitch {...props} />;
}

function RecordedGate({ stageName, isWaiting }: GateProps) {
  const closed = useExecution(({ state }) =>
    isWaiting && state?.waiting?.reason === 'transition' ? state.waiting.disabledReason : undefined,
  );
  const standing = closed === undefined ? words.enabled : words.disabledFor(closed);
  const label = `${words.into(stageName)}: ${[standing, ...(isWaiting ? [words.waits] : [])].join(', ')}`;
  return (
    <div
      className={styles.gate}
      role="img"
      aria-label={label}
      title={label}
      data-closed={closed !== undefined || undefined}
      data-waiting={isWaiting || undefined}
    >
      {isWaiting && <span className={styles.waiting}>1</span>}
    </div>
  );
}

function GateSwitch({ stageName, isWaiting }: GateProps) {
  const pipelineName = useCanvas((state) => state.pipeline.name);
  const stage = usePipelines(useMemo(() => stageStateOf(pipelineName, stageName), [pipelineName, stageName]));
  const isOpen = usePipelines((state) => state.openGate === stageName);
  const { enabled = true, disabledReason = '' } = stage?.inboundTransitionState ?? {};
  const count = Math.max(stage?.inboundExecutions.length ?? 0, isWaiting ? 1 : 0);
  const standing = enabled ? words.enabled : words.disabled;
  const label = `${words.into(stageName)}: ${[standing, ...(count > 0 ? [words.waiting(count)] : [])].join(', ')}`;
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => setOpenGate(open ? stageName : '')}>
      <Popover.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.gate} nopan`}
          aria-label={label}
          title={disabledReason ? `${label}\n${disabledReason}` : label}
          data-closed={!enabled || undefined}
          data-waiting={count > 0 || undefined}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
        >
          {count > 0 && (
            <span className={styles.waiting} data-stacked={count > 1 || undefined}>
              {count}
            </span>
          )}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          aria-label={words.into(stageName)}
          side="bottom"
          sideOffset={18}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
          }}
        >
          <GatePanel pipelineName={pipelineName} stageName={stageName} onDone={() => setOpenGate('')} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
