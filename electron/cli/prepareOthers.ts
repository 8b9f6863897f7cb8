import { dirname, relative } from 'node:path';
import { actionKey, actionTypeKey } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { pipelineInvoke } from '../../shared/providers/actions/pipelineInvoke.ts';
import { ActionFailure } from '../../shared/providers/host.ts';
import { absolutePath } from '../engine/attemptFolder.ts';
import type { HostPorts, StartRequest, Trust } from '../parts.ts';
import { prepareRun } from '../prepareRun.ts';
import { findPipeline } from '../startOther.ts';
import { savedPipelines } from './cliHost.ts';

const STARTS_OTHERS = actionTypeKey(pipelineInvoke.actionTypeId);

/**
 * Looks for the pipelines that a run would start, and for those that these would: each must be a file that can run, and its
 * commands are agreed to now, because nobody is asked in the middle of a run. A name that depends on variables is looked for
 * only then.
 *
 * @throws ProblemError before anything runs
 */
export async function prepareOthers(
  start: StartRequest,
  trust: Trust,
  askConsent: HostPorts['askConsent'],
  known = new Set([start.documentPath]),
): Promise<void> {
  for (const stage of start.declaration.stages) {
    for (const action of stage.actions) {
      const where = actionKey(stage.name, action.name);
      const binding = start.bindings[where];
      const pipelineName = action.configuration?.PipelineName ?? '';
      if (actionTypeKey(action.actionTypeId) !== STARTS_OTHERS || binding?.kind === 'simulation') continue;
      if (pipelineName.includes('#{')) continue;
      const named = binding?.kind === 'pipeline' && binding.path ? absolutePath(binding.path, start.folder) : undefined;
      const place = { pipelineName, named, beside: start.documentPath };
      const found = await findPipeline(savedPipelines, place).catch((error: unknown) => {
        throw error instanceof ActionFailure ? notFound(where, place, start.folder) : error;
      });
      if (known.has(found.path)) continue;
      known.add(found.path);
      const folder = dirname(found.path);
      const request = await prepareRun(
        {
          ...found,
          // What the action hands over may come from other actions: here it only has to be there.
          variables: variablesOf(action.configuration?.Variables),
          documentPath: found.path,
          folder,
          openedAs: folder,
        },
        trust,
        askConsent,
      ).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        const { problem } = error;
        throw new ProblemError({ ...problem, what: `${where} starts ${pipelineName}: ${problem.what}` });
      });
      await prepareOthers(request, trust, askConsent, known);
    }
  }
}

/** The variables that an action hands over, as far as they can be told before the run. */
function variablesOf(text: string | undefined): Record<string, string> {
  try {
    const given = JSON.parse(text ?? '[]') as { name: string; value: string }[];
    return Object.fromEntries(given.map(({ name, value }) => [name, value]));
  } catch {
    return {}; // the action itself says what is wrong with it
  }
}

const notFound = (
  where: string,
  { pipelineName, named }: { pipelineName: string; named: string | undefined },
  folder: string,
) =>
  new ProblemError({
    code: 'run.other-pipeline',
    where,
    what:
      named === undefined
        ? `${where} starts the pipeline "${pipelineName}", and no *.pipeline.json or *.pipeline.yaml beside this file has that name.`
        : `${where} starts the pipeline "${pipelineName}", and ${relative(folder, named)} is no pipeline of that name.`,
    fix: `Name its file: --bind ${where}=FILE. Or script the end of the action in the window (Local).`,
  });
