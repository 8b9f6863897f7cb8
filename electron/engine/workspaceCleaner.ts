import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/**
 * Removes the workspaces of actions that succeeded. Those of quick actions with small inputs are gathered and removed together
 * when their execution ends: on common file systems a file that is made just after another was removed costs many times
 * more. The others go at once, so that the disk never holds much that nobody needs.
 */
export interface WorkspaceCleaner {
  remove(workspace: Workspace): Promise<void>;
  /** The execution has ended: what is gathered of it goes, and nothing more is gathered. */
  executionEnded(pipelineExecutionId: string): void;
  /** Removes what is gathered. */
  close(): void;
}

interface Workspace {
  path: string;
  pipelineExecutionId: string;
  /** The execution has ended already. */
  isOver: boolean;
  inputBytes: number;
  ranMs: number;
}

const SMALL_BYTES = 1024 * 1024;
const QUICK_MS = 1000;
const MOST_GATHERED = 200;

/** Other work gets its turn after so many milliseconds of removing. */
const BREATH = 8;

export function createWorkspaceCleaner(): WorkspaceCleaner {
  const gathered = new Map<string, string[]>();
  /** Of executions that have ended. */
  const leaving: string[] = [];
  let isRemoving = false;

  const removeSome = () => {
    const until = performance.now() + BREATH;
    for (let path = leaving.pop(); path !== undefined; path = leaving.pop()) {
      rmSync(path, { recursive: true, force: true });
      if (performance.now() > until) break;
    }
    isRemoving = leaving.length > 0;
    if (isRemoving) setImmediate(removeSome);
  };
  const executionEnded = (pipelineExecutionId: string) => {
    leaving.push(...(gathered.get(pipelineExecutionId) ?? []));
    gathered.delete(pipelineExecutionId);
    if (!isRemoving) removeSome();
  };

  return {
    async remove({ path, pipelineExecutionId, isOver, inputBytes, ranMs }) {
      if (isOver || inputBytes > SMALL_BYTES || ranMs > QUICK_MS) return rm(path, { recursive: true, force: true });
      const paths = gathered.get(pipelineExecutionId) ?? [];
      gathered.set(pipelineExecutionId, paths);
      paths.push(path);
      if (paths.length >= MOST_GATHERED) executionEnded(pipelineExecutionId);
    },
    executionEnded,
    close() {
      for (const id of [...gathered.keys()]) executionEnded(id);
      for (const path of leaving.splice(0)) rmSync(path, { recursive: true, force: true });
    },
  };
}
