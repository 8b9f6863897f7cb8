import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { replaceTransport } from '../bridge.ts';
import { activeTab, adopt, setSelection, undo, useDocuments, validateNow } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { Inspector } from './Inspector.tsx';

const codeBuild = { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' } as const;
const hostile = '<img src=x onerror="window.pwned=1">';
const pipeline = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/p',
  artifactStore: { type: 'S3', location: 'bucket' },
  pipelineType: 'V2',
  variables: [{ name: 'TARGET', defaultValue: 'beta' }],
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'App',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'app', BranchName: 'main' },
          outputArtifacts: [{ name: 'AppOut' }],
          namespace: 'AppVars',
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          name: 'Compile',
          actionTypeId: codeBuild,
          configuration: {
            ProjectName: 'shop',
            EnvironmentVariables: '[{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
          },
          inputArtifacts: [{ name: 'AppOut' }],
        },
        { name: 'Lint', actionTypeId: codeBuild, configuration: { ProjectName: 'lint' } },
        {
          name: 'Odd',
          actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Mystery', version: '3' },
          configuration: { Anything: hostile },
        },
      ],
    },
  ],
};

const action = (name: string): ActionDeclaration => {
  const found = activeTab(useDocuments.getState())
    ?.parsed.pipeline?.stages.flatMap((stage) => stage.actions)
    .find((one) => one.name === name);
  if (!found) throw new Error(`No action ${name}.`);
  return found;
};
const steps = () => activeTab(useDocuments.getState())?.undo.map(({ label }) => label);
const select = (where: string) => {
  setSelection(where);
  render(<Inspector />);
};
const tab = (name: string) => fireEvent.click(screen.getByRole('tab', { name: new RegExp(name) }));
/** Types a text and leaves the field, as a person does. */
const type = (label: string | RegExp, text: string) => {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
};

beforeEach(() => {
  replaceTransport(fakeBridge());
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [] });
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text: JSON.stringify({ pipeline }, null, 2),
    sidecar: { ...emptySidecar(), bindings: { 'Source/App': { kind: 'repository', path: '../app' } } },
    problems: [],
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('the inspector of an action', () => {
  it('turns a committed text into one step that can be undone', () => {
    select('Build/Compile');
    type('Project', 'web');
    expect(action('Compile').configuration?.ProjectName).toBe('web');
    expect(steps()).toEqual(['Change ProjectName of Compile']);
    undo('d');
    expect(action('Compile').configuration?.ProjectName).toBe('shop');
  });

  it('makes no step of a text that was typed and taken back', () => {
    select('Build/Compile');
    const field = screen.getByLabelText<HTMLInputElement>('Project');
    fireEvent.change(field, { target: { value: 'we' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(field.value).toBe('shop');
    fireEvent.blur(field);
    expect(steps()).toEqual([]);
  });

  it('commits what was typed when another action is selected meanwhile', () => {
    select('Build/Compile');
    fireEvent.change(screen.getByLabelText('Project'), { target: { value: 'typed' } });
    cleanup();
    expect(action('Compile').configuration?.ProjectName).toBe('typed');
  });

  it('says at an empty field only what to enter: which field it is stands above', () => {
    select('Build/Compile');
    type('Project', '');
    act(() => validateNow('d'));
    const field = screen.getByLabelText('Project');
    const told = document.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!);
    expect(told?.textContent?.trim()).toMatch(/^Enter it/);
  });

  it('shows a switch for a boolean and writes the text that AWS wants', () => {
    select('Build/Compile');
    fireEvent.click(screen.getByRole('switch', { name: /^Batch build/ }));
    expect(action('Compile').configuration?.BatchEnabled).toBe('true');
  });

  it('edits the JSON of environment variables as rows', () => {
    select('Build/Compile');
    type('Value of STAGE', 'prod');
    type('Add variable', 'DEBUG');
    expect(JSON.parse(action('Compile').configuration?.EnvironmentVariables ?? '')).toEqual([
      { name: 'STAGE', value: 'prod', type: 'PLAINTEXT' },
      { name: 'DEBUG', value: '', type: 'PLAINTEXT' },
    ]);
  });

  it('connects an artifact from the list of what earlier actions make, and only those', () => {
    select('Build/Lint');
    const list = screen.getByRole('combobox', { name: 'Input artifacts: connect' });
    expect(within(list).getAllByRole('option')).toHaveLength(2);
    fireEvent.change(list, { target: { value: 'AppOut' } });
    expect(action('Lint').inputArtifacts).toEqual([{ name: 'AppOut' }]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove AppOut' }));
    expect(action('Lint').inputArtifacts ?? []).toEqual([]);
  });

  it('inserts a variable of an earlier action', () => {
    select('Build/Compile');
    const picker = screen.getByRole('combobox', { name: 'Insert a variable into Project' });
    fireEvent.change(picker, { target: { value: '#{variables.TARGET}' } });
    fireEvent.blur(screen.getByLabelText('Project'));
    expect(action('Compile').configuration?.ProjectName).toBe('shop#{variables.TARGET}');
    expect(within(picker).getByText('#{AppVars.CommitId}')).toBeTruthy();
  });

  it('renames the action together with its local stand-in, in one step', () => {
    select('Source/App');
    type('Action name', 'Web');
    const now = activeTab(useDocuments.getState())!;
    expect(now.selection).toBe('Source/Web');
    expect(now.sidecar.bindings).toEqual({ 'Source/Web': { kind: 'repository', path: '../app' } });
    expect(now.undo).toHaveLength(1);
    undo('d');
    expect(activeTab(useDocuments.getState())?.sidecar.bindings).toHaveProperty('Source/App');
  });

  it('refuses a name that is taken, says so, and keeps the old one', () => {
    select('Build/Lint');
    type('Action name', 'Compile');
    expect(action('Lint')).toBeTruthy();
    expect(useUi.getState().notices[0]?.text).toMatch(/already has an action "Compile"/);
  });

  it('shows a problem at its field', () => {
    select('Build/Lint');
    validateNow('d');
    cleanup();
    render(<Inspector />);
    expect(screen.getByRole('tab', { name: /Configuration/ }).textContent).toMatch(/1 problem$/);
    const row = screen.getByRole('group', { name: 'Input artifacts' });
    expect(within(row).getByRole('list').textContent).toMatch(/input/i);
  });

  it('edits the free keys of an unknown type, and XS-01 shows hostile values as text', () => {
    select('Build/Odd');
    expect(screen.getByLabelText<HTMLInputElement>('Value of Anything').value).toBe(hostile);
    type('Add key', 'Region');
    type('Value of Region', 'eu-west-1');
    expect(action('Odd').configuration).toEqual({ Anything: hostile, Region: 'eu-west-1' });
    tab('JSON');
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByText(/onerror/)).toBeTruthy();
    tab('Configuration');
  });

  it('keeps a local stand-in out of the pipeline file', () => {
    const before = activeTab(useDocuments.getState())?.text;
    select('Source/App');
    tab('Local');
    type(/^Git repository/, '/src/app');
    const now = activeTab(useDocuments.getState())!;
    expect(now.sidecar.bindings['Source/App']).toEqual({ kind: 'repository', path: '/src/app' });
    expect(now.text).toBe(before);
    tab('Configuration');
  });
});

describe('the inspector', () => {
  it('shows the pipeline when nothing is selected', () => {
    select('');
    fireEvent.change(screen.getByLabelText('Execution mode'), { target: { value: 'QUEUED' } });
    expect(activeTab(useDocuments.getState())?.parsed.pipeline?.executionMode).toBe('QUEUED');
  });

  it('lists the actions of a stage by run order and leads to them', () => {
    select('Build');
    fireEvent.click(screen.getByRole('button', { name: /Compile/ }));
    expect(activeTab(useDocuments.getState())?.selection).toBe('Build/Compile');
  });

  it('moves between its tabs by arrow keys, as one tab stop', () => {
    select('Build/Compile');
    const tabs = screen.getAllByRole('tab');
    expect(tabs.filter((one) => one.tabIndex === 0)).toHaveLength(1);
    fireEvent.keyDown(tabs[0]!, { key: 'ArrowLeft' });
    expect(screen.getByRole('tab', { name: 'JSON' }).getAttribute('aria-selected')).toBe('true');
    tab('Configuration');
  });
});

describe('the inspector of the pipeline', () => {
  it('counts stages and actions in words that fit', () => {
    select('');
    expect(screen.getByText('Pipeline · 2 stages · 4 actions')).toBeTruthy();
    cleanup();
    adopt({
      documentId: 'small',
      path: '',
      name: 'small',
      format: 'json',
      text: JSON.stringify({ pipeline: { ...pipeline, stages: pipeline.stages.slice(0, 1) } }),
      sidecar: emptySidecar(),
      problems: [],
    });
    select('');
    expect(screen.getByText('Pipeline · 1 stage · 1 action')).toBeTruthy();
  });
});
