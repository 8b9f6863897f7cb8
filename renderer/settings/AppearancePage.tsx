import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Settings } from '../../shared/ipc/contract.ts';
import { language, languageOf, strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';

const TEXT_SIZES = [100, 125, 150, 175, 200];

/** How the window looks and speaks. */
export function AppearancePage({
  draft,
  onChange,
  onOpenAnew,
}: {
  draft: Settings;
  onChange: (changed: Partial<Settings>) => void;
  /** Saves, then opens the window anew. */
  onOpenAnew: () => void;
}) {
  const say = strings.settings.appearance;
  const { asSystem } = strings.settings;
  const speaksOther = languageOf(draft.language) !== language;
  // A size that was written into the file by hand is a choice too.
  const sizes = TEXT_SIZES.includes(draft.textSize)
    ? TEXT_SIZES
    : [...TEXT_SIZES, draft.textSize].sort((a, b) => a - b);
  return (
    <SpaceBetween size="m">
      <FormField
        label={say.language}
        description={say.languageNote}
        secondaryControl={speaksOther ? <Button onClick={onOpenAnew}>{say.openAnew}</Button> : undefined}
      >
        <SegmentedControl
          label={say.language}
          selectedId={draft.language}
          options={[
            { id: 'system', text: asSystem },
            { id: 'en', text: say.english },
            { id: 'de', text: say.german },
          ]}
          onChange={({ detail }) => onChange({ language: detail.selectedId as Settings['language'] })}
        />
      </FormField>
      <FormField label={say.theme}>
        <SegmentedControl
          label={say.theme}
          selectedId={draft.theme}
          options={[
            { id: 'system', text: asSystem },
            { id: 'light', text: say.light },
            { id: 'dark', text: say.dark },
          ]}
          onChange={({ detail }) => onChange({ theme: detail.selectedId as Settings['theme'] })}
        />
      </FormField>
      <FormField label={say.contrast} description={say.contrastNote}>
        <SegmentedControl
          label={say.contrast}
          selectedId={draft.contrast}
          options={[
            { id: 'system', text: asSystem },
            { id: 'more', text: say.more },
          ]}
          onChange={({ detail }) => onChange({ contrast: detail.selectedId as Settings['contrast'] })}
        />
      </FormField>
      <FormField label={say.textSize} description={say.textSizeNote}>
        <SegmentedControl
          label={say.textSize}
          selectedId={String(draft.textSize)}
          options={sizes.map((size) => ({ id: String(size), text: say.percent(size) }))}
          onChange={({ detail }) => onChange({ textSize: Number(detail.selectedId) })}
        />
      </FormField>
      <FormField label={say.motion} description={say.motionNote}>
        <SegmentedControl
          label={say.motion}
          selectedId={draft.motion}
          options={[
            { id: 'system', text: asSystem },
            { id: 'reduce', text: say.reduce },
          ]}
          onChange={({ detail }) => onChange({ motion: detail.selectedId as Settings['motion'] })}
        />
      </FormField>
    </SpaceBetween>
  );
}
