import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { harden } from './harden.ts';

/** What was set on a session and on the contents of a page, to be asked as Electron would ask it. */
function hardened() {
  const app = new EventEmitter();
  const answers = new Map<string, (...given: never[]) => unknown>();
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: never) => answers.set('request', handler),
    setPermissionCheckHandler: (handler: never) => answers.set('check', handler),
    setDevicePermissionHandler: (handler: never) => answers.set('device', handler),
    setDisplayMediaRequestHandler: (handler: never) => answers.set('display', handler),
    webRequest: { onBeforeRequest: (handler: never) => answers.set('before', handler) },
  });
  harden(app as unknown as Pick<App, 'on'>, session as unknown as Session);
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: never) => answers.set('open', handler),
    getURL: () => 'app://penstock/',
  });
  app.emit('web-contents-created', {}, contents);
  const ask = (name: string, ...given: unknown[]) => answers.get(name)!(...(given as never[]));
  const isCancelled = (url: string) => {
    let cancelled: unknown;
    ask('before', { url }, ({ cancel }: { cancel: boolean }) => {
      cancelled = cancel;
    });
    return cancelled;
  };
  return { session, contents, ask, isCancelled };
}
const prevented = (emitter: EventEmitter, name: string, url = 'https://evil.example/', isMainFrame = true) => {
  let isPrevented = false;
  emitter.emit(name, { preventDefault: () => (isPrevented = true), url, isMainFrame }, url);
  return isPrevented;
};

describe('NV what a page may not do', () => {
  it('NV-00 control: our own files and inline images load', () => {
    const { isCancelled } = hardened();
    for (const url of ['app://penstock/', 'app://penstock/assets/index.js', 'data:image/png;base64,AA'])
      expect(isCancelled(url)).toBe(false);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'NV-01 %s is prevented',
    (name) => {
      const { contents } = hardened();
      expect(prevented(contents, name)).toBe(true);
    },
  );

  it('NV-01b only itself may a page load again, and only whole', () => {
    const { contents } = hardened();
    for (const name of ['will-navigate', 'will-frame-navigate']) {
      expect(prevented(contents, name, 'app://penstock/')).toBe(false);
      for (const url of ['app://penstock/assets/index.js', 'app://penstock/?a', 'app://evil@penstock/', 'file:///etc/'])
        expect(prevented(contents, name, url)).toBe(true);
    }
    expect(prevented(contents, 'will-frame-navigate', 'app://penstock/', false)).toBe(true);
    expect(prevented(contents, 'will-redirect', 'app://penstock/')).toBe(true);
  });

  it('NV-09 no window is opened, NV-24 nothing is downloaded', () => {
    const { ask, session } = hardened();
    expect(ask('open', { url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(prevented(session, 'will-download')).toBe(true);
  });

  it('NV-22 every permission is refused, asked or checked', () => {
    const { ask } = hardened();
    const kinds = ['media', 'geolocation', 'notifications', 'clipboard-read', 'usb', 'hid', 'serial', 'openExternal'];
    for (const kind of kinds) {
      let isGranted: unknown;
      ask('request', {}, kind, (granted: boolean) => {
        isGranted = granted;
      });
      expect(isGranted).toBe(false);
      expect(ask('check', null, kind)).toBe(false);
    }
    expect(ask('device', {})).toBe(false);
    let stream: unknown;
    ask('display', {}, (given: unknown) => {
      stream = given;
    });
    expect(stream).toEqual({});
  });

  it.each([
    'https://evil.example/',
    'http://127.0.0.1:80/',
    'file:///etc/hostname',
    'ws://127.0.0.1/',
    'data:text/html,<script>1</script>',
    'app://other/',
    'app://penstock@evil/',
    'app://evil@penstock/',
    'blob:https://evil.example/1',
    'javascript:1',
  ])('NV-14 %s is not fetched', (url) => {
    expect(hardened().isCancelled(url)).toBe(true);
  });
});
