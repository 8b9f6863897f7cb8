import type { PipelineDeclaration } from '../model/declaration.ts';

/** A small generator of repeatable numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Changes something of a pipeline; it need not be valid afterwards. */
export function mutatePipeline(pipeline: PipelineDeclaration, random: () => number): void {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const stage = pick(pipeline.stages);
  const action = stage.actions.length > 0 ? pick(stage.actions) : undefined;
  const name = `N${Math.floor(random() * 6)}`;
  const set = (target: object | undefined, members: object) => () => void Object.assign(target ?? {}, members);
  const ways: (() => void)[] = [
    set(stage, { name }),
    set(action, { name }),
    set(action, { runOrder: 1 + Math.floor(random() * 4) }),
    set(action, { configuration: { ...action?.configuration, [name]: String(random()) } }),
    set(action, { configuration: undefined }),
    set(action, { outputArtifacts: [{ name }] }),
    () => void (action && pick(pipeline.stages).actions.push(copyOf(action))),
    () => void stage.actions.splice(Math.floor(random() * stage.actions.length), 1),
    () => void pipeline.stages.splice(0, 0, copyOf(stage)),
    () => {
      if (pipeline.stages.length > 1) pipeline.stages.splice(pipeline.stages.indexOf(stage), 1);
    },
    () => void pipeline.stages.sort(() => random() - 0.5),
    set(pipeline, { variables: [...(pipeline.variables ?? []), { name, defaultValue: String(random()) }] }),
    set(pipeline, { triggers: [] }),
    set(pipeline, { executionMode: 'QUEUED' }),
    set(stage, { onFailure: { result: 'FAIL' } }),
  ];
  pick(ways)();
}
