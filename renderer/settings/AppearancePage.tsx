import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
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
      <Choice
        label={say.language}
        note={say.languageNote}
        beside={speaksOther && <Button onClick={onOpenAnew}>{say.openAnew}</Button>}
        chosen={draft.language}
        options={{ system: asSystem, en: say.english, de: say.german }}
        onChange={(language) => onChange({ language })}
      />
      <Choice
        label={say.theme}
        chosen={draft.theme}
        options={{ system: asSystem, light: say.light, dark: say.dark }}
        onChange={(theme) => onChange({ theme })}
      />
      <Choice
        label={say.contrast}
        note={say.contrastNote}
        chosen={draft.contrast}
        options={{ system: asSystem, more: say.more }}
        onChange={(contrast) => onChange({ contrast })}
      />
      <Choice
        label={say.textSize}
        note={say.textSizeNote}
        chosen={String(draft.textSize)}
        options={Object.fromEntries(sizes.map((size) => [String(size), say.percent(size)]))}
        onChange={(size) => onChange({ textSize: Number(size) })}
      />
      <Choice
        label={say.motion}
        note={say.motionNote}
        chosen={draft.motion}
        options={{ system: asSystem, reduce: say.reduce }}
        onChange={(motion) => onChange({ motion })}
      />
    </SpaceBetween>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  note?: string;
  /** Stands beside the choice. */
  beside?: ReactNode;
  chosen: Value;
  /** What each value is called, in the order in which they stand. */
  options: Readonly<Record<Value, string>>;
  onChange(value: Value): void;
}

/** One setting of a few values, side by side. */
function Choice<Value extends string>({ label, note, beside, chosen, options, onChange }: ChoiceProps<Value>) {
  return (
    <FormField label={label} description={note} secondaryControl={beside}>
      <SegmentedControl
        label={label}
        selectedId={chosen}
        options={Object.entries<string>(options).map(([id, text]) => ({ id, text }))}
        onChange={({ detail }) => onChange(detail.selectedId as Value)}
      />
    </FormField>
  );
}
