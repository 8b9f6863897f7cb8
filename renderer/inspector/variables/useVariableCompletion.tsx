import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { strings } from '../../strings/strings.ts';
import { accept, type Suggestion, suggest, type Typed, typedAt } from './completion.ts';
import { useVariableScope } from './VariableScope.tsx';
import styles from './variables.module.css';

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Completion {
  /** For the field: it is a combobox while it offers something. */
  aria: Record<string, unknown>;
  /** Called after every change and movement of the caret. */
  look: (field: Field) => void;
  close: () => void;
  /** True when the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent<Field>) => boolean;
  list: React.ReactNode;
}

/**
 * Offers variables while `#{…` is typed in a field: arrows choose, Enter or Tab takes, Escape closes; what cannot be used
 * here is listed with the reason. The focus never leaves the field.
 */
export function useVariableCompletion(
  field: RefObject<Field | null>,
  { isOn, isMultiline, setText }: { isOn: boolean; isMultiline: boolean; setText: (text: string) => void },
): Completion {
  const scope = useVariableScope();
  const id = useId();
  const [typed, setTyped] = useState<Typed>();
  const [chosen, setChosen] = useState(0);
  const caret = useRef<number>(undefined);
  const suggestions = typed ? suggest(scope, typed.query) : [];
  const usable = suggestions.filter(({ reason }) => reason === undefined);
  const at = Math.min(chosen, Math.max(0, usable.length - 1));
  const isOpen = suggestions.length > 0;

  // The field draws the new text first; only then can the caret stand behind it.
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const close = () => setTyped(undefined);
  const take = (suggestion: Suggestion) => {
    const now = field.current;
    if (!now || !typed) return;
    const after = accept(now.value, typed, suggestion);
    caret.current = after.caret;
    setText(after.text);
    const next = suggestion.text.endsWith('}') ? undefined : typedAt(after.text, after.caret);
    setTyped(next);
    setChosen(0);
    now.focus();
  };
  return {
    aria: isOn
      ? {
          // A field of several lines stays a text box: it may have the list, but not the role.
          ...(!isMultiline && { role: 'combobox', 'aria-expanded': isOpen }),
          'aria-autocomplete': 'list',
          'aria-controls': isOpen ? `${id}-list` : undefined,
          'aria-activedescendant': isOpen && usable.length > 0 ? `${id}-${at}` : undefined,
        }
      : {},
    look: (element) => {
      if (!isOn) return;
      const caretNow = element.selectionStart ?? 0;
      const next = element.selectionEnd === caretNow ? typedAt(element.value, caretNow) : undefined;
      if (next?.query !== typed?.query) setChosen(0);
      setTyped(next);
    },
    close,
    onKeyDown: (event) => {
      if (!isOpen) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const suggestion = usable[at];
      if (event.key === 'Escape') close();
      else if (step !== undefined && usable.length > 0) setChosen((at + step + usable.length) % usable.length);
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !event.ctrlKey && suggestion)
        take(suggestion);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    list: isOpen && (
      <SuggestionList
        id={id}
        anchor={field}
        suggestions={suggestions}
        chosen={usable[at]}
        optionId={(suggestion) => `${id}-${usable.indexOf(suggestion)}`}
        onTake={take}
        onClose={close}
      />
    ),
  };
}

function SuggestionList(props: {
  id: string;
  anchor: RefObject<Field | null>;
  suggestions: readonly Suggestion[];
  chosen: Suggestion | undefined;
  optionId: (suggestion: Suggestion) => string;
  onTake: (suggestion: Suggestion) => void;
  onClose: () => void;
}) {
  const { id, anchor, suggestions, chosen, optionId, onTake, onClose } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place(list.current, anchor.current));
  const chosenId = chosen && optionId(chosen);
  useEffect(() => {
    if (chosenId) document.getElementById(chosenId)?.scrollIntoView?.({ block: 'nearest' });
  }, [chosenId]);
  const closing = useRef(onClose);
  closing.current = onClose;
  useEffect(() => {
    // What stands over the form would stay behind when the form is scrolled.
    const scrolled = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) closing.current();
    };
    window.addEventListener('scroll', scrolled, true);
    window.addEventListener('resize', scrolled);
    return () => {
      window.removeEventListener('scroll', scrolled, true);
      window.removeEventListener('resize', scrolled);
    };
  }, []);
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={strings.inspector.controls.variables}
      className={styles.list}
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the field, whose keys choose (combobox pattern).
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: two actions may have one namespace; the list is made anew each time.
          key={suggestion.text + index}
          id={suggestion.reason === undefined ? optionId(suggestion) : undefined}
          role="option"
          className={styles.option}
          aria-selected={suggestion === chosen}
          aria-disabled={suggestion.reason !== undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => suggestion.reason === undefined && onTake(suggestion)}
        >
          <code>{suggestion.text}</code>
          <small>
            {suggestion.reason ?? (suggestion.help ? `${suggestion.title} · ${suggestion.help}` : suggestion.title)}
          </small>
        </div>
      ))}
    </div>
  );
}

const GAP = 3;

/** Below the field, or above it where there is more room; always inside the window. */
function place(list: HTMLElement | null, anchor: HTMLElement | null): void {
  if (!list || !anchor) return;
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 12;
  const isAbove = below < 160 && box.top > below;
  const width = Math.max(box.width, Math.min(320, window.innerWidth - 16));
  list.style.width = `${width}px`;
  list.style.maxHeight = `${Math.min(280, isAbove ? box.top - 12 : below)}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
  list.style.top = isAbove ? 'auto' : `${box.bottom + GAP}px`;
  list.style.bottom = isAbove ? `${window.innerHeight - box.top + GAP}px` : 'auto';
}
