import { create } from 'zustand';
import type { Provider } from '../../shared/providers/provider.ts';

/** The action types that were used last in this window, the latest first: by id as `category/owner/provider`. */
export const useRecent = create<{ ids: readonly string[] }>()(() => ({ ids: [] }));

const MOST = 12;

const idOf = ({ actionTypeId: { category, owner, provider } }: Provider): string => `${category}/${owner}/${provider}`;

export const remember = (provider: Provider): void =>
  useRecent.setState(({ ids }) => ({
    ids: [idOf(provider), ...ids.filter((id) => id !== idOf(provider))].slice(0, MOST),
  }));

/** Those that were used come first, the latest of them at the head; the others stay in their order. */
export function recentFirst(providers: readonly Provider[], ids: readonly string[]): Provider[] {
  const rank = (provider: Provider) => {
    const at = ids.indexOf(idOf(provider));
    return at < 0 ? ids.length : at;
  };
  return providers.toSorted((a, b) => rank(a) - rank(b));
}
