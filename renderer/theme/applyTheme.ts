import type { Settings } from '../../shared/ipc/contract.ts';
import { useUi } from '../state/uiStore.ts';
import { drawPictures } from '../ui/pictures.ts';
import { isStill, LESS_MOTION } from './isStill.ts';

const DARK = '(prefers-color-scheme: dark)';
const MORE_CONTRAST = '(prefers-contrast: more)';
const FORCED_COLOURS = '(forced-colors: active)';
const system = (query: string): boolean => matchMedia(query).matches;

/** Puts theme, contrast, motion and text size on the page: our tokens follow its attributes, Cloudscape its own classes on <body>. */
function apply(): void {
  const { settings } = useUi.getState();
  const wanted = settings?.theme ?? 'system';
  const theme = wanted === 'system' ? (system(DARK) ? 'dark' : 'light') : wanted;
  const { documentElement: page, body } = document;
  page.dataset.theme = theme;
  page.dataset.contrast =
    settings?.contrast === 'more' || system(MORE_CONTRAST) || system(FORCED_COLOURS) ? 'more' : 'normal';
  page.dataset.motion = isStill() ? 'reduce' : 'full';
  page.style.fontSize = `${settings?.textSize ?? 100}%`;
  body.classList.toggle('awsui-dark-mode', theme === 'dark');
  body.classList.toggle('awsui-motion-disabled', isStill());
  body.classList.add('awsui-compact-mode');
  drawPictures();
  useUi.setState({ theme });
}

export function applySettings(settings: Settings): void {
  useUi.setState({ settings });
  apply();
}

/** Applies what the system asks for, now and whenever that changes. */
export function followSystemTheme(): void {
  apply();
  for (const query of [DARK, MORE_CONTRAST, FORCED_COLOURS, LESS_MOTION])
    matchMedia(query).addEventListener('change', apply);
}
