import type { LucideIcon } from 'lucide-react';
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

/** The pictures of the glyphs, and of what no category names; `colour` is a token (ui/pictures.ts draws them). */
export const glyphDrawings: readonly { name: string; icon: LucideIcon; colour: string }[] = [
  ...Object.entries(categoryGlyphs).map(([category, glyph]) => {
    const name = category.toLowerCase();
    return { name, icon: drawings[glyph], colour: `--${name}` };
  }),
  { name: 'file', icon: FileIcon, colour: '--compute' },
];

/** The category's glyph in its tinted square. Decoration: the category is always said in words beside it. */
export function ProviderGlyph({
  category,
  size = 'medium',
}: {
  category: string;
  size?: 'small' | 'medium' | 'large';
}) {
  return <span className={styles.glyph} data-category={category} data-size={size} aria-hidden="true" />;
}
