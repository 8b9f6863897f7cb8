import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionNow, inspect, open, type } from './testing/inspected.tsx';
import { shopPipeline } from './testing/shopPipeline.ts';

beforeEach(() => open(shopPipeline));
afterEach(cleanup);

describe('a field that takes no text', () => {
  it.each([
    ['a choice', 'Deploy', 'Mode', 'ActionMode'],
    ['a switch', 'Compile', 'Batch build', 'BatchEnabled'],
    ['a list to tick', 'Deploy', 'Capabilities', 'Capabilities'],
    ['an artifact', 'Compile', 'Primary source', 'PrimarySource'],
  ])('may hold a variable all the same: %s', (_, action, label, key) => {
    inspect(`Build/${action}`);
    const picker = screen.getByLabelText(`Insert a variable into ${label}`);
    fireEvent.change(picker, { target: { value: '#{Src.CommitId}' } });
    expect(actionNow(action).configuration?.[key]).toBe('#{Src.CommitId}');
    const field = screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}( optional)?$`));
    expect(field.value).toBe('#{Src.CommitId}');
    type(field, '');
    expect(actionNow(action).configuration).not.toHaveProperty(key);
  });
});

describe('a variable that is picked', () => {
  const pick = (label: string, reference: string) =>
    fireEvent.change(screen.getByLabelText(`Insert a variable into ${label}`), { target: { value: reference } });

  it('goes to where the caret stood, and is a draft until the field is left', () => {
    inspect('Build/Deploy');
    const stack = screen.getByLabelText<HTMLInputElement>('Stack');
    fireEvent.focus(stack);
    stack.setSelectionRange(2, 2);
    pick('Stack', '#{Src.CommitId}');
    expect(stack.value).toBe('sh#{Src.CommitId}op');
    expect(actionNow('Deploy').configuration?.StackName).toBe('shop');
    fireEvent.blur(stack);
    expect(actionNow('Deploy').configuration?.StackName).toBe('sh#{Src.CommitId}op');
  });

  it('goes into the value of a list that was written in last; an empty list offers none', () => {
    inspect('Build/Compile');
    const name = 'Environment variables';
    expect(screen.queryByLabelText(`Insert a variable into ${name}`)).toBeNull();
    for (const variable of ['ONE', 'TWO']) type(screen.getByLabelText('Add variable'), variable);
    const second = screen.getByLabelText('Value of TWO');
    fireEvent.focus(second);
    fireEvent.focus(screen.getByLabelText('Name of variable 1'));
    fireEvent.focus(second);
    pick(name, '#{variables.SIZE}');
    fireEvent.blur(second);
    expect(JSON.parse(actionNow('Compile').configuration!.EnvironmentVariables!)).toEqual([
      { name: 'ONE', value: '', type: 'PLAINTEXT' },
      { name: 'TWO', value: '#{variables.SIZE}', type: 'PLAINTEXT' },
    ]);
  });
});

describe('a file of an artifact', () => {
  const parts = () => within(screen.getByRole('group', { name: /^Template( optional)?$/ }));
  it('is an artifact and a path in it, and goes away with its path', () => {
    inspect('Build/Deploy');
    expect(parts().getByLabelText<HTMLSelectElement>('Artifact of Template').value).toBe('Dist');
    type(parts().getByLabelText('File of Template'), 'stack.yaml');
    expect(actionNow('Deploy').configuration?.TemplatePath).toBe('Dist::stack.yaml');
    type(parts().getByLabelText('File of Template'), '');
    expect(actionNow('Deploy').configuration).not.toHaveProperty('TemplatePath');
  });
});
