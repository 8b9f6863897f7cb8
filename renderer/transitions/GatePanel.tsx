import { strings } from '../strings/strings.ts';
import popover from '../ui/Popover.module.css';
import { GateState } from './GateState.tsx';

/** What a gate says when it is asked. */
export function GatePanel(props: { pipelineName: string; stageName: string; onDone: () => void }) {
  return (
    <>
      <h3 className={popover.title}>{strings.transitions.into(props.stageName)}</h3>
      <GateState {...props} />
    </>
  );
}
