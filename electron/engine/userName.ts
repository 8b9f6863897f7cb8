import { userInfo } from 'node:os';

let known: string | undefined;

/** Who asks, as the journals name them. */
export function userName(): string {
  try {
    known ??= userInfo().username;
  } catch {
    known = 'unknown'; // a user id without an account
  }
  return known;
}
