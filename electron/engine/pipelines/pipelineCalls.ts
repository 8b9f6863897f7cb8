import { validateTransition } from '../../../shared/execution/validateTransition.ts';
import type { Engine } from '../../parts.ts';
import type { EngineCore } from '../engineCore.ts';
import type { Alarms } from '../rules/alarms.ts';
import { userName } from '../userName.ts';
import { pipelineState } from './pipelineState.ts';
import type { Rollbacks } from './rollbacks.ts';

type Calls = Pick<
  Engine['handlers'],
  | 'rollbackStage'
  | 'listRollbackTargets'
  | 'getPipelineState'
  | 'disableStageTransition'
  | 'enableStageTransition'
  | 'listPipelineVersions'
  | 'getPipelineVersion'
  | 'listAlarms'
  | 'setAlarmState'
>;

/** The calls that concern a pipeline beside its executions: transitions, versions, rollbacks, alarms. */
export function createPipelineCalls(core: EngineCore, rollbacks: Rollbacks, alarms: Alarms): Calls {
  const { transitions, versions, now } = core;
  return {
    rollbackStage: rollbacks.manual,
    listRollbackTargets: async (input) => ({ executions: await rollbacks.targets(input) }),
    getPipelineState: ({ pipelineName }) => pipelineState(core, pipelineName),
    async disableStageTransition({ pipelineName, stageName, reason }) {
      validateTransition({ reason, stageName });
      await transitions.disable(pipelineName, stageName, { reason, by: userName(), at: now() });
      await core.pipelineChanged(pipelineName);
      return {};
    },
    async enableStageTransition({ pipelineName, stageName }) {
      await transitions.enable(pipelineName, stageName);
      await core.pipelineChanged(pipelineName);
      return {};
    },
    listPipelineVersions: async ({ pipelineName }) => ({ versions: await versions.list(pipelineName) }),
    getPipelineVersion: async ({ pipelineName, version }) => ({
      version,
      pipeline: await versions.read(pipelineName, version),
    }),
    listAlarms: async () => ({ alarms: alarms.list() }),
    async setAlarmState({ alarmName, state }) {
      await alarms.set(alarmName, state);
      return {};
    },
  };
}
