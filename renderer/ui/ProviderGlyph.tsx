import type { LucideIcon } from 'lucide-react';
import type { Category } from '../../shared/model/declaration.ts';
import type { CategoryGlyph } from '../../shared/providers/glyphs.ts';
import { categoryGlyphs } from '../../shared/providers/glyphs.ts';
import {
  ApprovalIcon,
  BuildIcon,
  ComputeIcon,
  DeployIcon,
  FileIcon,
  InvokeIcon,
  SourceIcon,
  TestIcon,
} from './icons.ts';
import styles from './ProviderGlyph.module.css';

const drawings: Readonly<Record<CategoryGlyph, LucideIcon>> = {
  'git-branch': SourceIcon,
  hammer: BuildIcon,
  'flask-conical': TestIcon,
  rocket: DeployIcon,
  'user-check': ApprovalIcon,
  zap: InvokeIcon,
  terminal: ComputeIcon,
};

/** The category's glyph in its tinted square. Decoration: the category is always said in words beside it. */
export function ProviderGlyph({
  category,
  size = 'medium',
}: {
  category: string;
  size?: 'small' | 'medium' | 'large';
}) {
  const glyph = categoryGlyphs[category as Category] as CategoryGlyph | undefined;
  const Drawing = glyph ? drawings[glyph] : FileIcon;
  const pixels = size === 'small' ? 13 : size === 'medium' ? 16 : 20;
  return (
    <span className={styles.glyph} data-category={category} data-size={size} aria-hidden="true">
      <Drawing size={pixels} strokeWidth={1.8} />
    </span>
  );
}
