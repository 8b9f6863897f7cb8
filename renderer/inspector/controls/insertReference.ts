type Field = HTMLInputElement | HTMLTextAreaElement;

/** The field of each row of a form that was written in last, of those that take variables. */
const entered = new WeakMap<Element, Field>();
const rowOf = (inside: Element): Element | null => inside.closest('[data-form-row]');

/** Remembers that a field was entered: what is picked beside it goes there. */
export function rememberField(field: Field): void {
  const row = rowOf(field);
  if (row) entered.set(row, field);
}

/**
 * Puts a reference into the row that `beside` stands in: where the caret was in the field that was written in last, else at the
 * end of the row's first field that takes variables. Answers whether there is such a field. It is a draft like anything typed.
 */
export function insertReference(beside: Element, reference: string): boolean {
  const row = rowOf(beside);
  if (!row) return false;
  const last = entered.get(row);
  const isLast = last !== undefined && row.contains(last);
  const field = isLast ? last : row.querySelector<Field>('[data-takes-variables]');
  if (!field) return false;
  const { value } = field;
  const start = isLast ? (field.selectionStart ?? value.length) : value.length;
  const end = isLast ? (field.selectionEnd ?? value.length) : value.length;
  field.focus();
  // As if it were typed: a value that is set on the field itself React would take for its own.
  const prototype: unknown = Object.getPrototypeOf(field);
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(
    field,
    value.slice(0, start) + reference + value.slice(end),
  );
  field.setSelectionRange(start + reference.length, start + reference.length);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}
