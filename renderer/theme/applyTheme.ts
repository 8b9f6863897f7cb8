import type { Settings } from '../../shared/ipc/contract.ts';
import { useUi } from '../state/uiStore.ts';
import { drawPictures } from '../ui/pictures.ts';

const dark = () => matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme on the page: our tokens follow `data-theme`, Cloudscape its own classes on <body>. */
function apply(): void {
  const wanted = useUi.getState().settings?.theme ?? 'system';
  const theme = wanted === 'system' ? (dark().matches ? 'dark' : 'light') : wanted;
  document.documentElement.dataset.theme = theme;
  document.body.classList.toggle('awsui-dark-mode', theme === 'dark');
  document.body.classList.add('awsui-compact-mode');
  drawPictures();
  useUi.setState({ theme });
}

export function applySettings(settings: Settings): void {
  useUi.setState({ settings });
  apply();
}

/** Applies the system's theme now and whenever it changes. */
export function followSystemTheme(): void {
  apply();
  dark().addEventListener('change', apply);
}
