import Alert from '@cloudscape-design/components/alert';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { speak } from '../strings/strings.ts';
import { withCloudscapeTexts } from './withCloudscapeTexts.tsx';

afterEach(async () => {
  cleanup();
  await speak('en');
});

it.each([
  ['en', /^(Close|Dismiss)/],
  ['de', /^Warnung verwerfen/],
] as const)('Cloudscape’s own texts are in the language of the window (%s)', async (language, expected) => {
  await speak(language);
  const { default: Part } = await withCloudscapeTexts(Promise.resolve(() => <Alert dismissible>Saved</Alert>));
  render(<Part />);
  expect(screen.getByRole('button').getAttribute('aria-label')).toMatch(expected);
});
