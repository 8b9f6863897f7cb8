import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '../../shared/providers/provider.ts';
import { providers, ruleTypes } from '../../shared/providers/table.ts';
import { setSelection } from '../state/documentStore.ts';
import { ConfigurationField } from './ConfigurationField.tsx';
import { actionNow, chooseTab, inspect, open, tabNow } from './testing/inspected.tsx';

let value = '';

/** A field on its own: what it commits is what it shows next. */
function Row({ field, first = '' }: { field: Field; first?: string }) {
  const [now, setNow] = useState(first);
  value = now;
  return (
    <ConfigurationField
      field={field}
      value={now}
      isRequired={field.required !== undefined}
      problems={[]}
      inputArtifacts={['Source', 'Build']}
      onCommit={setNow}
    />
  );
}

let drawn = 0;
let page: ReturnType<typeof render> | undefined;
/** Draws one field in the place of the one before: hundreds of pages of their own would take twice the time. */
function show(field: Field, first?: string): void {
  drawn += 1;
  const row = <Row key={drawn} field={field} {...(first !== undefined && { first })} />;
  if (page) page.rerender(row);
  else page = render(row);
}

const commit = (control: HTMLElement, text: string) => {
  fireEvent.change(control, { target: { value: text } });
  fireEvent.blur(control);
};

/*
 * What a row shows is found by its label, and by what the label is tied to: by role or text each would be looked for among all
 * that the row holds, in hundreds of rows.
 */
const labelOf = (): HTMLElement => document.querySelector<HTMLElement>('[id$="-label"]')!;
/** The id of what a label is tied to. */
const labelled = (text: string): string =>
  [...document.querySelectorAll('label')].find(({ firstChild }) => firstChild?.textContent === text)?.htmlFor ?? '';
const helpOf = (): string | null | undefined => document.querySelector('[id$="-help"]')?.textContent;
const groupOf = (): HTMLElement | null => document.querySelector<HTMLElement>(`[aria-labelledby="${labelOf().id}"]`);
/** The control that the label names, which has the help as its description. */
function controlOf(): HTMLInputElement {
  const control = document.getElementById((labelOf() as HTMLLabelElement).htmlFor) as HTMLInputElement;
  expect(control.getAttribute('aria-describedby')).toMatch(/-help/);
  return control;
}

/** Fills the field in as its control wants it; answers what the declaration should then hold. */
function fillIn(field: Field): string {
  const { type, values } = field;
  if (type === 'boolean') {
    const control = controlOf();
    expect(control.getAttribute('role')).toBe('switch');
    const isOn = control.checked;
    fireEvent.click(control);
    return String(!isOn);
  }
  const group = groupOf();
  if (type === 'csv' && values) {
    for (const choice of within(group!).getAllByRole('checkbox')) fireEvent.click(choice);
    return values.join(',');
  }
  if (group && type === 'artifactFile') {
    commit(within(group).getByLabelText(`File of ${field.label}`), 'some/text');
    expect(value).toBe('Source::some/text');
    fireEvent.change(within(group).getByLabelText(`Artifact of ${field.label}`), { target: { value: 'Build' } });
    return 'Build::some/text';
  }
  if (group) {
    commit(within(group).getByLabelText('Add variable'), 'STAGE');
    commit(within(group).getByLabelText('Value of STAGE'), 'beta');
    return JSON.stringify([{ name: 'STAGE', value: 'beta', type: 'PLAINTEXT' }]);
  }
  const rows = type === 'json' ? screen.queryByLabelText('Add key') : null;
  if (rows) {
    commit(rows, 'Stage');
    commit(screen.getByLabelText('Value of Stage'), 'beta');
    return '{"Stage":"beta"}';
  }
  const text =
    type === 'enum'
      ? values!.at(-1)!
      : ({ artifactName: 'Build', integer: '7', json: '{"a":[1]}', arn: 'arn:aws:iam::1:role/x' }[type as string] ??
        'some/text');
  commit(controlOf(), text);
  return text;
}

const every: [where: string, key: string, field: Field][] = [
  ...providers.flatMap((provider) =>
    Object.entries(provider.configuration).map(([key, field]): [string, string, Field] => [
      Object.values(provider.actionTypeId).join('/'),
      key,
      field,
    ]),
  ),
  ...ruleTypes.flatMap((rule) =>
    Object.entries(rule.configuration).map(([key, field]): [string, string, Field] => [
      `Rule/${rule.ruleTypeId.provider}`,
      key,
      field,
    ]),
  ),
];

describe('every field of the 41 action types and 6 rule types', () => {
  afterAll(cleanup);

  it('is counted', () => {
    expect([providers.length, ruleTypes.length]).toEqual([41, 6]);
  });

  it.each(every)('%s %s has a control with label and help, and gives back what is put in', (_where, _key, field) => {
    show(field);
    expect(labelOf().firstChild?.textContent).toBe(field.label);
    expect(helpOf()).toBe(field.help);
    const wanted = fillIn(field);
    expect(value).toBe(wanted);
    // Shown again, and left without a change, it is still that.
    show(field, wanted);
    act(() => {
      for (const control of document.querySelectorAll('input, textarea, select')) fireEvent.blur(control);
    });
    expect(value).toBe(wanted);
  });

  it.each(every.filter(([, , { type }]) => type !== 'secret'))(
    '%s %s shows a reference to a variable as it is, whatever its control',
    (_where, _key, field) => {
      show(field, '#{Src.CommitId}');
      const shown = [...document.querySelectorAll('input, textarea, select')].map(
        (one) => (one as HTMLInputElement).value,
      );
      expect(shown).toContain('#{Src.CommitId}');
      expect(value).toBe('#{Src.CommitId}');
    },
  );
});

describe('the form of every action type', () => {
  // One pipeline with an action of each type, in one window: selecting the next is what a person does too.
  beforeAll(() => {
    open({
      name: 'shop',
      roleArn: 'arn:aws:iam::111122223333:role/p',
      stages: [
        { name: 'S', actions: providers.map(({ actionTypeId }, index) => ({ name: `A${index}`, actionTypeId })) },
      ],
    });
    inspect('S');
  });
  afterAll(() => {
    cleanup();
    // Nothing that was only looked at was changed.
    expect(tabNow().undo).toEqual([]);
  });

  it.each(
    providers.map(
      (provider, index) => [Object.values(provider.actionTypeId).join('/'), provider, `A${index}`] as const,
    ),
  )('%s opens with all its keys, its fidelity and its note', (_name, provider, action) => {
    act(() => setSelection(`S/${action}`));
    chooseTab(/^Configuration/);
    // Found by their ids: by role or text each would be looked for among hundreds of options.
    const labels = [...document.querySelectorAll('[id$="-label"]')].map(({ firstChild }) => firstChild?.textContent);
    const fields = Object.values(provider.configuration as Record<string, Field>);
    expect(labels).toEqual(expect.arrayContaining(fields.map(({ label }) => label)));
    const types = document.getElementById(labelled('Action type')) as HTMLSelectElement;
    expect(types.selectedOptions[0]?.textContent).toContain(provider.label);
    // The small tab is left shown: the next type begins with it.
    chooseTab(/^Local/);
    expect(screen.getByText(provider.local.fidelity)).toBeTruthy();
    expect(screen.getByText(provider.local.note)).toBeTruthy();
    expect(actionNow(action)).toEqual({ name: action, actionTypeId: provider.actionTypeId });
  });
});
