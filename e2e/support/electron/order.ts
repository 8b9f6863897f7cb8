import { EventEmitter } from 'node:events';

/** What Electron demands before and after `ready`; broken order throws here too, so that it cannot hide. */
export const order = {
  app: new EventEmitter(),
  isReady: false,
  needsReady(what: string): void {
    if (!order.isReady) throw new Error(`${what} can only be used after the 'ready' event is emitted.`);
  },
  mustPrecedeReady(what: string): void {
    if (order.isReady) throw new Error(`${what} must be called before the app is ready.`);
  },
};
