import { useMemo, useState } from 'react';
import type { client } from '../bridge.ts';
import { newFromTemplate } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { SearchIcon } from '../ui/icons.ts';
import { matchWords } from '../ui/matchWords.ts';
import styles from './Gallery.module.css';
import { TemplatePreview } from './TemplatePreview.tsx';

type Template = Awaited<ReturnType<typeof client.listTemplates>>[number];

/** Everything that is said of a template, to be searched. */
const textOf = ({ name, description, category, needs, stages }: Template): string =>
  [
    name,
    description,
    category,
    ...needs,
    ...stages.flatMap((stage) => [stage.name, ...stage.actions.flatMap((action) => [action.name, action.provider])]),
  ].join(' ');

/** Templates by words and by category; a press makes a document of one. Each says what it needs before it is chosen. */
export function Gallery({ templates }: { templates: readonly Template[] }) {
  const say = strings.start.gallery;
  const [query, setQuery] = useState('');
  const [category, setCategory] = useState('');
  const categories = useMemo(() => [...new Set(templates.map((one) => one.category))], [templates]);
  const shown = templates.filter(
    (one) => (category === '' || one.category === category) && matchWords(textOf(one), query) > 0,
  );
  return (
    <>
      <div className={styles.filters}>
        <label className={styles.search}>
          <SearchIcon size={14} aria-hidden="true" />
          <input
            type="search"
            aria-label={say.search}
            placeholder={say.searchHint}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <select aria-label={say.category} value={category} onChange={(event) => setCategory(event.target.value)}>
          <option value="">{say.allCategories}</option>
          {categories.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="visually-hidden" role="status">
          {say.found(shown.length, templates.length)}
        </span>
      </div>
      {shown.length === 0 && templates.length > 0 && <p className={styles.none}>{say.none}</p>}
      <ul className={styles.templates}>
        {shown.map((template) => (
          <li key={template.templateId} className={styles.card}>
            <button type="button" className={styles.template} onClick={() => void newFromTemplate(template.templateId)}>
              <TemplatePreview stages={template.stages} />
              <span className={styles.text}>
                <strong>{template.name}</strong>
                <span>{template.description}</span>
                <span className={styles.category}>{template.category}</span>
              </span>
            </button>
            <Needs template={template} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Needs({ template: { needs, stages } }: { template: Template }) {
  const say = strings.start.gallery;
  const asked = stages.flatMap((stage) =>
    stage.actions
      .filter(({ question }) => question !== '')
      .map(({ name, question, isRequired }) => ({ where: `${stage.name} / ${name}`, question, isRequired })),
  );
  const required = asked.filter(({ isRequired }) => isRequired).length;
  const summary = required === 0 ? say.runsAtOnce : say.asks(required);
  return (
    <details className={styles.needs}>
      <summary>{summary}</summary>
      {asked.length > 0 && (
        <>
          <h3>{say.toRun}</h3>
          <ul>
            {asked.map(({ where, question, isRequired }) => (
              <li key={where}>
                {say.asked(where, question)} {!isRequired && say.optional}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{say.toUse}</h3>
      <ul>
        {needs.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
    </details>
  );
}
