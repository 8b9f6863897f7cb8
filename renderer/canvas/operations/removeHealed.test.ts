import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { applied } from '../../testing/shapeOf.ts';
import { removeHealed } from './removeHealed.ts';

/** Repo -> Build -> Pack -> Deploy, with the artifacts that pipelineOf names after their makers. */
const chain = (): PipelineDeclaration => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Compile', 'Pack@2'], Ship: ['Ship'] });
  const [source, build, ship] = pipeline.stages.map(({ actions }) => actions);
  const io = (action: object, inputs: string[], outputs: string[]) =>
    Object.assign(action, {
      inputArtifacts: inputs.map((name) => ({ name })),
      outputArtifacts: outputs.map((name) => ({ name })),
    });
  io(source![0]!, [], ['Code']);
  io(build![0]!, ['Code'], ['Compiled']);
  io(build![1]!, ['Compiled'], ['Packed']);
  io(ship![0]!, ['Packed', 'Code'], []);
  Object.assign(ship![0]!, { configuration: { ProjectName: 'p', PrimarySource: 'Packed' } });
  return pipeline;
};
const inputsOf = (pipeline: PipelineDeclaration, name: string) =>
  pipeline.stages
    .flatMap(({ actions }) => actions)
    .find((action) => action.name === name)
    ?.inputArtifacts?.map((input) => input.name);

describe('deleting and closing the gap', () => {
  it('gives what follows what the deleted action took', () => {
    const healed = applied(chain(), removeHealed(chain(), ['Build/Compile']));
    expect(inputsOf(healed, 'Pack')).toEqual(['Code']);
    expect(inputsOf(healed, 'Ship')).toEqual(['Packed', 'Code']);
  });

  it('goes through several deleted actions in a row, and no action takes an artifact twice', () => {
    const healed = applied(chain(), removeHealed(chain(), ['Build']));
    expect(inputsOf(healed, 'Ship')).toEqual(['Code']);
    expect(healed.stages.map(({ name }) => name)).toEqual(['Source', 'Ship']);
  });

  it('follows in the configuration that names the artifact', () => {
    const healed = applied(chain(), removeHealed(chain(), ['Build/Pack']));
    expect(inputsOf(healed, 'Ship')).toEqual(['Compiled', 'Code']);
    expect(healed.stages[2]!.actions[0]!.configuration).toMatchObject({ PrimarySource: 'Compiled' });
  });

  it('leaves an input as it is where nothing came before', () => {
    const healed = applied(chain(), removeHealed(chain(), ['Source/Repo']));
    expect(inputsOf(healed, 'Compile')).toEqual(['Code']);
  });
});
