import type { exportPicture as english } from '../english/exportPicture.ts';

export const exportPicture: typeof english = {};
