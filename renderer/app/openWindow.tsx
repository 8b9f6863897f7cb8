import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startApp } from './startApp.ts';

/** Draws the window and joins it to its host. */
export function openWindow(): void {
  startApp();
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root.');
  createRoot(root).render(<App />);
}
