import { EventEmitter } from 'node:events';
import { order } from './order.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type Guard = (details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void;

export const protocolHandlers = new Map<string, ProtocolHandler>();
let hasSchemes = false;
let guard: Guard | undefined;

/** Answers true when the session's request listener cancels the address; undefined when there is no listener. */
export const requestGuard = (): ((url: string) => boolean) | undefined =>
  guard &&
  ((url) => {
    let isCancelled = false;
    guard?.({ url }, ({ cancel }) => {
      isCancelled = cancel ?? false;
    });
    return isCancelled;
  });

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void {
    order.mustPrecedeReady('protocol.registerSchemesAsPrivileged');
    if (hasSchemes) throw new Error('protocol.registerSchemesAsPrivileged can be called once.');
    hasSchemes = true;
    process.send?.({ event: 'schemes', schemes });
  },
  handle(scheme: string, handler: ProtocolHandler): void {
    order.needsReady('protocol.handle');
    if (protocolHandlers.has(scheme)) throw new Error(`protocol.handle: '${scheme}' is handled already.`);
    protocolHandlers.set(scheme, handler);
  },
};

/** Records what a session was told to refuse; specs ask for it. */
class Session extends EventEmitter {
  readonly handlers: Record<string, unknown> = {};
  readonly webRequest = {
    onBeforeRequest: (listener: Guard) => {
      guard = listener;
    },
  };
  setPermissionRequestHandler = (handler: unknown) => this.record('permissionRequest', handler);
  setPermissionCheckHandler = (handler: unknown) => this.record('permissionCheck', handler);
  setDevicePermissionHandler = (handler: unknown) => this.record('devicePermission', handler);
  setDisplayMediaRequestHandler = (handler: unknown) => this.record('displayMedia', handler);
  private record(name: string, handler: unknown): void {
    this.handlers[name] = handler;
    process.send?.({ event: 'session', handler: name });
  }
}

let defaultSession: Session | undefined;
export const session = {
  get defaultSession(): Session {
    order.needsReady('session');
    defaultSession ??= new Session();
    return defaultSession;
  },
};
