import type { ParkedRule } from './switchRuleType.ts';
import type { Parked } from './switchType.ts';

/** What stood under types that are no longer chosen, by document and place: it lasts as long as the window. */
class Drawers<Kept> {
  #drawers = new Map<string, Map<string, Map<string, Kept>>>();

  /** The drawer of what stands at a place ('Stage/Action'), by type. */
  of(documentId: string, place: string): Map<string, Kept> {
    const places = this.#drawers.get(documentId) ?? new Map<string, Map<string, Kept>>();
    const drawer = places.get(place) ?? new Map<string, Kept>();
    this.#drawers.set(documentId, places.set(place, drawer));
    return drawer;
  }

  /** What is renamed takes its drawer along, and those of what stands in it. */
  move(documentId: string, from: string, to: string): void {
    const places = this.#drawers.get(documentId);
    for (const [place, drawer] of [...(places ?? [])]) {
      if (place !== from && !place.startsWith(`${from}/`)) continue;
      places?.delete(place);
      places?.set(to + place.slice(from.length), drawer);
    }
  }
}

export const actionDrawers = new Drawers<Parked>();
export const ruleDrawers = new Drawers<ParkedRule>();
