import { join } from 'node:path';
import { z } from 'zod';
import type { contract } from '../../shared/ipc/contract.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { emptySidecar, type Sidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { findProvider } from '../../shared/providers/table.ts';
import { fileProblem } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';
import { readTextFile } from './readTextFile.ts';

const indexSchema = z.array(z.string().regex(/^[a-z0-9-]+$/));
const templateSchema = z.looseObject({
  name: z.string(),
  description: z.string(),
  category: z.string(),
  needs: z.array(z.string()),
});

type Template = z.input<(typeof contract)['listTemplates']['output']>[number];

/**
 * A new, empty pipeline as AWS prints one, valid but for its stages. Role and bucket belong to AWS's example account: they
 * are needed only for AWS, and the inspector shows them for replacement.
 */
export const emptyPipeline = {
  name: 'my-pipeline',
  text: `${JSON.stringify(
    {
      pipeline: {
        name: 'my-pipeline',
        roleArn: 'arn:aws:iam::111122223333:role/service-role/codepipeline-service-role',
        artifactStore: { type: 'S3', location: 'codepipeline-artifacts-111122223333' },
        stages: [],
        executionMode: 'SUPERSEDED',
        pipelineType: 'V2',
      },
    },
    null,
    2,
  )}\n`,
};

/** `assets/templates`: index.json lists folders, each with template.json and pipeline.json. */
export function templates(fs: FileSystem, assetsDirectory: string) {
  const folder = join(assetsDirectory, 'templates');
  const json = async (path: string): Promise<unknown> => JSON.parse((await readTextFile(fs, path)).text);
  const ids = async () => indexSchema.parse(await json(join(folder, 'index.json')));

  return {
    async list(): Promise<Template[]> {
      return Promise.all(
        (await ids()).map(async (templateId) => {
          const { name, description, category, needs } = templateSchema.parse(
            await json(join(folder, templateId, 'template.json')),
          );
          const { text } = await readTextFile(fs, join(folder, templateId, 'pipeline.json'));
          const stages = parseDocument(text, 'json').pipeline?.stages ?? [];
          return {
            templateId,
            name,
            description,
            category,
            needs,
            stages: stages.map((stage) => ({
              name: stage.name,
              actions: stage.actions.map((action) => {
                const { shortLabel, local } = findProvider(action.actionTypeId);
                // What may also play by itself is not asked for (readiness).
                const asks = local.binding && (local.binding.required || !local.binding.kinds.includes('simulation'));
                return {
                  name: action.name,
                  category: action.actionTypeId.category,
                  provider: shortLabel,
                  question: asks ? local.binding!.question : '',
                  isRequired: local.binding?.required ?? false,
                };
              }),
            })),
          };
        }),
      );
    },
    async text(templateId: string): Promise<{ name: string; text: string; sidecar: Sidecar }> {
      if (templateId === '') return { ...emptyPipeline, sidecar: emptySidecar() };
      if (!(await ids()).includes(templateId)) {
        const what = `There is no template "${templateId}".`;
        throw new ProblemError({ code: 'template.unknown', where: '', what, fix: 'Choose one from the list.' });
      }
      const { text } = await readTextFile(fs, join(folder, templateId, 'pipeline.json'));
      return { name: parseDocument(text, 'json').pipeline?.name ?? templateId, text, sidecar: emptySidecar() };
    },
  };
}

/** Copies a sample project to the user's folder unless it is there; answers the path of its pipeline file. */
export async function copySample(
  fs: FileSystem,
  assetsDirectory: string,
  samplesDirectory: string,
  sampleId: string,
): Promise<string> {
  const source = join(assetsDirectory, 'samples', sampleId);
  if (!/^[a-z0-9-]+$/.test(sampleId) || !(await exists(fs, source))) {
    const what = `There is no sample "${sampleId}".`;
    throw new ProblemError({ code: 'sample.unknown', where: '', what, fix: 'Choose one from the start screen.' });
  }
  const folder = join(samplesDirectory, sampleId);
  const file = join(folder, `${sampleId}.pipeline.json`);
  if (await exists(fs, file)) return file;
  try {
    await fs.mkdir(samplesDirectory);
    await fs.copyFolder(source, folder);
  } catch (error) {
    throw fileProblem(folder, error);
  }
  return file;
}

const exists = (fs: FileSystem, path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );
