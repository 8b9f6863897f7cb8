import * as commands from '../../../shared/execution/commands.ts';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { EngineCore } from '../engineCore.ts';
import type { PipelineLoop } from '../pipelineLoop.ts';

/**
 * The version of a definition that is about to start. When it follows another one, that is an update: executions of the
 * other one are cancelled as the service does (reference/execution-semantics.md §15).
 */
export async function takeVersion(core: EngineCore, declaration: PipelineDeclaration): Promise<number> {
  const { name } = declaration;
  const { version, updated } = await core.versions.take(declaration);
  if (!updated) return version;
  const loop = core.loopOf(name);
  await cancelAll(loop, version, () => true);
  await core.pipelineChanged(name);
  return version;
}

/** A host that was told of an update may not have lived to cancel what it touched. What was forked from an old version stays. */
export async function cancelOutdated(core: EngineCore, loop: PipelineLoop): Promise<void> {
  const [first] = loop.states();
  const latest = first ? await core.versions.latest(first.pipelineName) : 0;
  if (latest === 0) return;
  const outdated = loop.states().filter((state) => state.pipelineVersion < latest && !state.startingPoint);
  const ids = new Set(outdated.map(({ pipelineExecutionId }) => pipelineExecutionId));
  await cancelAll(loop, latest, (id) => ids.has(id));
}

async function cancelAll(loop: PipelineLoop, version: number, isTouched: (id: string) => boolean): Promise<void> {
  const reason = `the pipeline’s definition was updated to version ${version}.`;
  await Promise.all(
    loop
      .states()
      .filter(({ pipelineExecutionId }) => isTouched(pipelineExecutionId))
      .map((state) =>
        loop
          .ask(state.pipelineExecutionId, (current) => commands.cancel(current, reason))
          // It ended by itself meanwhile; one that takes no more facts is told of elsewhere.
          .catch(() => undefined),
      ),
  );
}
