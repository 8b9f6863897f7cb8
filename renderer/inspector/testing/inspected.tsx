import { fireEvent, render } from '@testing-library/react';
import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { emptySidecar, type Sidecar } from '../../../shared/model/sidecar.ts';
import { replaceTransport } from '../../bridge.ts';
import { activeTab, adopt, setSelection, useDocuments } from '../../state/documentStore.ts';
import { useUi } from '../../state/uiStore.ts';
import { fakeBridge } from '../../testing/fakeBridge.ts';
import { Inspector } from '../Inspector.tsx';

/** Opens a pipeline as the only document. */
export function open(pipeline: unknown, sidecar: Partial<Sidecar> = {}): void {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [] });
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text: JSON.stringify({ pipeline }, null, 2),
    sidecar: { ...emptySidecar(), ...sidecar },
    problems: [],
  });
}

export function inspect(where: string): void {
  setSelection(where);
  render(<Inspector />);
}

export const tabNow = () => activeTab(useDocuments.getState())!;
export const pipelineNow = (): PipelineDeclaration => tabNow().parsed.pipeline!;
export const actionNow = (name: string): ActionDeclaration => {
  const found = pipelineNow()
    .stages.flatMap((stage) => stage.actions)
    .find((action) => action.name === name);
  if (!found) throw new Error(`No action ${name}.`);
  return found;
};
/** Found by its mark: by role it would be looked for among all that the form holds. */
export const chooseTab = (name: RegExp): void => {
  const tab = [...document.querySelectorAll('[role="tab"]')].find((one) => name.test(one.textContent));
  if (!tab) throw new Error(`No tab ${name}.`);
  if (tab.getAttribute('aria-selected') !== 'true') fireEvent.click(tab);
};
/** Types a text and leaves the field, as a person does. */
export function type(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
}
