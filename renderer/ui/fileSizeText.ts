import { decimal } from './decimal.ts';

/** Bytes for people: "812 B", "1.5 kB", "2.0 MB". */
export const fileSizeText = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${decimal(bytes / 1000, 1)} kB`
      : `${decimal(bytes / 1_000_000, 1)} MB`;
