import type { Category } from '../../shared/model/declaration.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import styles from './Inspector.module.css';

interface InspectorHeaderProps {
  category?: Category;
  title: string;
  subtitle: string;
}

/** What is selected. A long name takes two lines at most: the fields below it must stay in sight; hovering shows it all. */
export function InspectorHeader({ category, title, subtitle }: InspectorHeaderProps) {
  return (
    <header className={styles.header}>
      {category && <ProviderGlyph category={category} />}
      <div>
        <h3 className={styles.title} title={title}>
          {title}
        </h3>
        <p className={styles.subtitle} title={subtitle}>
          {subtitle}
        </p>
      </div>
    </header>
  );
}
