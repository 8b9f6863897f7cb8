import { useEffect, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { type Fix, fixesFor } from './fixStore.ts';

/** Milliseconds. */
const REST = 300;
const none: readonly Fix[] = [];

/**
 * The fixes of a problem of the active document. Trying them takes a validation each, so that is done after the frame that
 * shows the problem, one problem at a time: typing never waits for it.
 */
export function useFixesOf(problem: Problem): readonly Fix[] {
  const pipeline = useDocuments(activePipeline);
  const [found, setFound] = useState<{ fixes: readonly Fix[]; pipeline: unknown }>({ fixes: none, pipeline });
  useEffect(() => {
    // While a text is being typed its faults come and go: what can be done is asked when the hands rest.
    const rest = problem.code.startsWith('text.') ? REST : 0;
    const timer = setTimeout(() => setFound({ fixes: fixesFor(problem), pipeline }), rest);
    return () => clearTimeout(timer);
  }, [problem, pipeline]);
  // Fixes of the pipeline before the last edit are no longer tried: none of them is offered.
  return found.pipeline === pipeline ? found.fixes : none;
}
