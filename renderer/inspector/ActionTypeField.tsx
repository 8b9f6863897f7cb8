import { actionTypeKey, categories } from '../../shared/model/declaration.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { providers } from '../../shared/providers/table.ts';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import controls from './controls/controls.module.css';
import { FormRow } from './controls/FormRow.tsx';
import { actionDrawers } from './edits/drawers.ts';
import { switchType } from './edits/switchType.ts';
import { problemsAt } from './fieldState.ts';

const optionText = ({ label, status }: Provider): string =>
  status === 'current' || status === 'partner'
    ? strings.provided.text(label)
    : strings.inspector.action.typeStatus(strings.provided.text(label), status);

/** The type of an action. Choosing another keeps what both know; coming back brings the rest back. */
export function ActionTypeField({
  inspected,
  stageName,
  action,
  path,
  provider,
}: ActionFormProps & { provider: Provider }) {
  const { documentId, pipeline, problems, sidecar, apply } = inspected;
  const where = `${stageName}/${action.name}`;
  const now = actionTypeKey(action.actionTypeId);
  const isListed = providers.some(({ actionTypeId }) => actionTypeKey(actionTypeId) === now);
  const isFirst = path[1] === 0;
  const change = (key: string) => {
    const to = providers.find(({ actionTypeId }) => actionTypeKey(actionTypeId) === key);
    if (!to) return;
    const binding = Object.hasOwn(sidecar.bindings, where) ? sidecar.bindings[where] : undefined;
    apply(switchType(pipeline, { where, path, action }, to, { drawer: actionDrawers.of(documentId, where), binding }));
  };
  return (
    <FormRow
      label={strings.inspector.action.type}
      help={strings.provided.text(provider.help)}
      problems={problemsAt(problems, where, 'actionTypeId')}
    >
      {(ids) => (
        <select {...ids} className={controls.select} value={now} onChange={(event) => change(event.target.value)}>
          {!isListed && <option value={now}>{strings.provided.text(provider.label)}</option>}
          {categories.map((category) => (
            <optgroup
              key={category}
              label={category === 'Source' && !isFirst ? strings.inspector.action.sourceOnly : category}
              disabled={(category === 'Source') !== isFirst && category !== action.actionTypeId.category}
            >
              {providers
                .filter(({ actionTypeId }) => actionTypeId.category === category)
                .map((one) => (
                  <option key={actionTypeKey(one.actionTypeId)} value={actionTypeKey(one.actionTypeId)}>
                    {optionText(one)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </FormRow>
  );
}
