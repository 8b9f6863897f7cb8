import { evaluate, holds, type Scope, Unknown } from './intrinsics.ts';

/** What is remembered of a stack: enough to say what the next deployment changes. */
export interface KeptResource {
  type: string;
  /** The resource with its parameters filled in, as JSON with sorted keys. */
  body: string;
}

export interface ChangeSummary {
  added: string[];
  modified: string[];
  removed: string[];
}

/** The resources that a deployment makes: those whose condition does not say no. */
export function resourcesOf(scope: Scope): Record<string, KeptResource> {
  const made = Object.entries(scope.template.resources).filter(
    ([, { body }]) => typeof body.Condition !== 'string' || holds(body.Condition, scope) !== false,
  );
  return Object.fromEntries(
    made.map(([name, { type, body }]) => {
      const properties = Object.entries(body).map(([key, value]) => {
        const known = evaluate(value, scope);
        return [key, known instanceof Unknown ? withParameters(value, scope) : known];
      });
      return [name, { type, body: sortedJson(Object.fromEntries(properties)) }];
    }),
  );
}

/** Fills in what is known inside a value that is not known as a whole. */
function withParameters(value: unknown, scope: Scope): unknown {
  const known = evaluate(value, scope);
  if (!(known instanceof Unknown)) return known;
  if (Array.isArray(value)) return value.map((item) => withParameters(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withParameters(item, scope)]));
}

export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

export function summarize(
  before: Readonly<Record<string, KeptResource>>,
  after: Readonly<Record<string, KeptResource>>,
): ChangeSummary {
  const was = (name: string) => (Object.hasOwn(before, name) ? before[name] : undefined);
  const describe = (name: string, { type }: KeptResource) => `${name} (${type})`;
  const added: string[] = [];
  const modified: string[] = [];
  for (const [name, resource] of Object.entries(after)) {
    const old = was(name);
    if (!old) added.push(describe(name, resource));
    else if (old.body !== resource.body || old.type !== resource.type) modified.push(describe(name, resource));
  }
  const removed = Object.entries(before)
    .filter(([name]) => !Object.hasOwn(after, name))
    .map(([name, resource]) => describe(name, resource));
  return { added, modified, removed };
}

export const isChange = ({ added, modified, removed }: ChangeSummary): boolean =>
  added.length + modified.length + removed.length > 0;

/** Lines for the log. */
export function changeLines({ added, modified, removed }: ChangeSummary): string[] {
  return [
    ...added.map((name) => `  + ${name}`),
    ...modified.map((name) => `  ~ ${name}`),
    ...removed.map((name) => `  - ${name}`),
  ];
}

export const countChanges = ({ added, modified, removed }: ChangeSummary): string =>
  `${added.length} added, ${modified.length} modified, ${removed.length} removed`;
