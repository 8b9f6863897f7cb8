import { useMemo } from 'react';
import { type ActionDeclaration, actionSchema } from '../../shared/model/declaration.ts';
import { findProvider } from '../../shared/providers/table.ts';

import { PausedView } from '../debug/PausedView.tsx';
import { usePausedTab } from '../debug/pausedTab.ts';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { ConfigurationTab } from './ConfigurationTab.tsx';
import { replaceAction } from './edits/replace.ts';
import { InspectorHeader } from './InspectorHeader.tsx';
import { InspectorTabs } from './InspectorTabs.tsx';
import { JsonTab } from './JsonTab.tsx';
import { LocalTab } from './LocalTab.tsx';
import type { Inspected } from './useInspected.ts';
import { VariablesTab } from './VariablesTab.tsx';
import { scopeAt } from './variables/scopeAt.ts';
import { VariableScope } from './variables/VariableScope.tsx';

export interface ActionFormProps {
  inspected: Inspected;
  stageName: string;
  action: ActionDeclaration;
  /** Of the action in the declaration. */
  path: (string | number)[];
}

/** Everything that can be said of one action. */
export function ActionInspector(props: ActionFormProps) {
  const { action, stageName, inspected } = props;
  const provider = findProvider(action.actionTypeId);
  const problems = inspected.problems.filter(({ where }) => where === `${stageName}/${action.name}`);
  const scope = useMemo(
    () => scopeAt(inspected.pipeline, { stageName, actionName: action.name }, inspected.sidecar),
    [inspected, stageName, action.name],
  );
  const pausedId = useExecution((store) =>
    store.at === 'live' && actionViewOf(stageName, action.name)(store).pausedAt !== '' ? store.shownId : null,
  );
  const times = usePausedTab((state) => state.asked);
  const applyJson = (value: Record<string, unknown>) =>
    inspected.apply(replaceAction(inspected.pipeline, stageName, action.name, value));
  return (
    <VariableScope value={scope}>
      <InspectorHeader
        category={action.actionTypeId.category}
        title={action.name}
        subtitle={strings.inspector.action.subtitle(
          stageName,
          strings.provided.text(provider.shortLabel),
          action.runOrder ?? 1,
        )}
      />
      <InspectorTabs
        label={strings.inspector.action.title(action.name)}
        asked={{ id: 'paused', times }}
        tabs={[
          ...(pausedId === null
            ? []
            : [
                {
                  id: 'paused',
                  title: strings.inspector.action.tabs.paused,
                  content: () => (
                    <PausedView pipelineExecutionId={pausedId} stageName={stageName} actionName={action.name} />
                  ),
                },
              ]),
          {
            id: 'configuration',
            title: strings.inspector.action.tabs.configuration,
            count: problems.filter(({ severity }) => severity === 'error').length,
            content: () => <ConfigurationTab {...props} provider={provider} problems={problems} />,
          },
          {
            id: 'variables',
            title: strings.inspector.action.tabs.variables,
            content: () => <VariablesTab {...props} provider={provider} />,
          },
          {
            id: 'local',
            title: strings.inspector.action.tabs.local,
            content: () => <LocalTab {...props} provider={provider} />,
          },
          {
            id: 'json',
            title: strings.inspector.action.tabs.json,
            content: () => <JsonTab value={action} name={action.name} schema={actionSchema} onApply={applyJson} />,
          },
        ]}
      />
    </VariableScope>
  );
}
