import { create } from 'zustand';
import type { Consent, Missing } from '../../shared/ipc/contract.ts';
import type { Problem } from '../../shared/problem.ts';

/** What stands between Run and a running execution: the run sheet, the consent of the browser host. */
export interface RunStore {
  sheet: {
    documentId: string;
    missing: readonly Missing[];
    problems: readonly Problem[];
    /** Also what is not missing: every variable, and the revisions of the sources. */
    asksAll?: boolean;
  } | null;
  /** Asked one after the other. */
  consents: readonly Consent[];
  /** The document whose start is under way. */
  startingId: string | null;
  /** Chosen in the log panel; '' = the action that runs. */
  logActionExecutionId: string;
  /** Places of waiting approvals whose card is in view: there the question is asked. */
  onCards: ReadonlySet<string>;
  /** The place of the approval whose question is open on its card; '' = none. */
  reviewing: string;
  /** Long lines of a log go on in the next row instead of to the right. */
  isWrapped: boolean;
}

export const useRun = create<RunStore>()(() => ({
  sheet: null,
  consents: [],
  startingId: null,
  logActionExecutionId: '',
  onCards: new Set(),
  reviewing: '',
  isWrapped: false,
}));

export const setReviewing = (reviewing: string): void => useRun.setState({ reviewing });
/** Says whether the card of a waiting approval is in view. */
export function setOnCard(where: string, isInView: boolean): void {
  const { onCards } = useRun.getState();
  if (onCards.has(where) === isInView) return;
  const others = [...onCards].filter((other) => other !== where);
  useRun.setState({ onCards: new Set(isInView ? [...others, where] : others) });
}
export const setWrapped = (isWrapped: boolean): void => useRun.setState({ isWrapped });
export const closeRunSheet = (): void => useRun.setState({ sheet: null });
/** Shows this action's log instead of following the running one; '' follows again. */
export const chooseLog = (logActionExecutionId: string): void => useRun.setState({ logActionExecutionId });
