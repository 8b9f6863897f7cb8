import { type ActionDeclaration, type PipelineDeclaration, pipelineSchema } from '../model/declaration.ts';

/**
 * A valid pipeline from a sketch: `pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Package@2'] })`. A name is
 * `Action@runOrder`; actions of the first stage are sources, those whose name begins with Approve are manual approvals, all
 * others CodeBuild. Every source makes `<Action>Out`, every build too and takes the first source's output.
 */
export function pipelineOf(
  sketch: Readonly<Record<string, readonly (string | ({ name: string } & Partial<ActionDeclaration>))[]>>,
  more: Partial<PipelineDeclaration> = {},
): PipelineDeclaration {
  const firstSource = outputName(parse(Object.values(sketch)[0]?.[0] ?? 'Repo').name);
  return pipelineSchema.parse({
    name: 'sketch',
    roleArn: 'arn:aws:iam::111122223333:role/sketch',
    artifactStore: { type: 'S3', location: 'sketch-artifacts' },
    pipelineType: 'V2',
    stages: Object.entries(sketch).map(([name, actions], stageIndex) => ({
      name,
      actions: actions.map((entry) => {
        const { name: actionName, ...given } = parse(entry);
        return { name: actionName, ...templateOf(actionName, stageIndex, firstSource), ...given };
      }),
    })),
    ...more,
  });
}

function parse(entry: string | ({ name: string } & Partial<ActionDeclaration>)) {
  const { name: written, ...given } = typeof entry === 'string' ? { name: entry } : entry;
  const [name = written, runOrder] = written.split('@');
  return runOrder === undefined ? { name, ...given } : { name, runOrder: Number(runOrder), ...given };
}

const outputName = (actionName: string) => `${actionName}Out`;

function templateOf(actionName: string, stageIndex: number, firstSource: string): Partial<ActionDeclaration> {
  if (stageIndex === 0) {
    return {
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
      configuration: { RepositoryName: 'shop', BranchName: 'main' },
      outputArtifacts: [{ name: outputName(actionName) }],
    };
  }
  if (actionName.startsWith('Approve')) {
    return { actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } };
  }
  return {
    actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
    configuration: { ProjectName: 'shop' },
    inputArtifacts: [{ name: firstSource }],
    outputArtifacts: [{ name: outputName(actionName) }],
  };
}
