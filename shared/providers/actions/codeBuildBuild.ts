import { buildProject } from '../common/bindings.ts';
import {
  buildspecOverride,
  checkCombineArtifacts,
  checkIdentifiers,
  codeBuildFields,
} from '../common/codeBuildFields.ts';
import { runCodeBuild } from '../common/runCodeBuild.ts';
import { defineProvider } from '../provider.ts';

export const codeBuildBuild = defineProvider({
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  label: 'AWS CodeBuild',
  shortLabel: 'CodeBuild',
  help: 'Build, package or check code as a buildspec says.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 5], outputs: [0, 5] },
  timeoutMinutes: 2160, // 36 h
  configuration: {
    ...codeBuildFields,
    BuildspecOverride: buildspecOverride,
  },
  outputVariables: [],
  dynamicOutputVariables: 'Each name under env/exported-variables of the buildspec.',
  summaryKeys: ['ProjectName'],
  check: (configuration, action) => [
    ...checkCombineArtifacts(configuration),
    ...checkIdentifiers(configuration, action),
  ],
  local: {
    fidelity: 'real',
    note: 'Runs the buildspec in a shell of this machine, or in a container of an image that you name.',
    binding: buildProject,
  },
  executes: true,
  run: runCodeBuild,
});
