import { create } from 'zustand';

/** Which execution the history shows; null = the list. */
export const useHistory = create<{ openId: string | null }>()(() => ({ openId: null }));
export const openExecution = (pipelineExecutionId: string | null): void =>
  useHistory.setState({ openId: pipelineExecutionId });
