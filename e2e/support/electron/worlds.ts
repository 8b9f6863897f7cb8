import { codecSource } from './codec.ts';

/*
 * The two sides of contextBridge inside one page. The page's own world and the preload's isolated world share the DOM and
 * nothing else; they talk by events with a name that only they know, dispatched synchronously, with cloned details.
 * Electron does this natively; here Chromium's own isolation of worlds is real and the rest is imitated.
 */

/** Installed first in the page's own world: rebuilds what the preload exposes, as frozen objects of functions. */
export const mainWorldSource = (channel: string) => `(() => {
  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  const listen = Function.prototype.call.bind(addEventListener, document);
  const send = Function.prototype.call.bind(dispatchEvent, document);
  const { freeze, defineProperty, entries } = Object;
  const NativeEvent = CustomEvent, NativePromise = Promise, NativeMap = Map, NativeError = Error;
  const callbacks = new NativeMap(), promises = new NativeMap();
  let lastId = 0;
  const emit = (detail) => send(new NativeEvent('${channel}:up', { detail }));
  const pack = (value) => {
    if (typeof value === 'function') { const id = ++lastId; callbacks.set(id, value); return { callback: id }; }
    return { value };
  };
  const unpack = (part) => {
    if (part.fn) return call(part.fn);
    if (part.object) return freeze(build(part.object));
    if (part.promise) return new NativePromise((resolve, reject) => promises.set(part.promise, { resolve, reject }));
    return part.value;
  };
  let answer;
  const call = (fn) => (...args) => {
    answer = undefined;
    emit({ call: fn, args: args.map(pack) });
    const got = answer;
    if (!got) throw new NativeError('The preload did not answer.');
    if (got.error !== undefined) throw new NativeError(got.error);
    return unpack(got);
  };
  const build = (description) => {
    const object = {};
    for (const [name, part] of entries(description)) object[name] = unpack(part);
    return object;
  };
  listen('${channel}:down', ({ detail }) => {
    if (detail.expose) defineProperty(window, detail.expose, { value: freeze(build(detail.description)), enumerable: true, configurable: false, writable: false });
    else if (detail.answer) answer = detail.answer;
    else if (detail.settle) {
      const promise = promises.get(detail.settle);
      promises.delete(detail.settle);
      if (detail.error !== undefined) promise?.reject(new NativeError(detail.error));
      else promise?.resolve(detail.value);
    } else if (detail.callback) callbacks.get(detail.callback)?.(...detail.args);
  });
})();`;

/**
 * The preload's isolated world: gives it the `require` of a sandboxed preload, with the parts of Electron that such a
 * preload has, and runs the built bundle. `binding` is the function that only this world can call.
 */
export const preloadWorldSource = (channel: string, binding: string, bundle: string) => `(() => {
  const codec = ${codecSource};
  const down = (detail) => document.dispatchEvent(new CustomEvent('${channel}:down', { detail }));
  const functions = new Map();
  let lastId = 0;
  const describe = (value) => {
    if (typeof value === 'function') { const id = ++lastId; functions.set(id, value); return { fn: id }; }
    if (value instanceof Promise) {
      const id = ++lastId;
      value.then((result) => down({ settle: id, value: result }), (error) => down({ settle: id, error: String(error?.message ?? error) }));
      return { promise: id };
    }
    if (value && typeof value === 'object' && Object.values(value).some((item) => typeof item === 'function')) {
      return { object: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, describe(item)])) };
    }
    return { value };
  };
  document.addEventListener('${channel}:up', ({ detail }) => {
    let answer;
    try {
      const args = detail.args.map((part) => part.callback ? (...given) => down({ callback: part.callback, args: given }) : part.value);
      answer = describe(functions.get(detail.call)(...args));
    } catch (error) {
      answer = { error: String(error?.message ?? error) };
    }
    down({ answer });
  });

  const waiting = new Map(), listeners = new Map();
  globalThis.__standInReceive = (text) => {
    const message = codec.decode(text);
    if (message.reply) {
      const { resolve, reject } = waiting.get(message.reply) ?? {};
      waiting.delete(message.reply);
      if (message.error !== undefined) reject?.(new Error(message.error));
      else resolve?.(message.value);
    } else for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
  };
  // Links pressed with a modifier or the middle button: Chromium opens a tab before anybody could stop its request, Electron
  // asks the window's open handler first. So does this.
  for (const type of ['click', 'auxclick']) addEventListener(type, (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href]');
    if (!link || event.defaultPrevented || !(event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1)) return;
    event.preventDefault();
    globalThis['${binding}'](codec.encode({ open: link.href }));
  });
  const ipcRenderer = {
    invoke: (channel, ...args) => new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      globalThis['${binding}'](codec.encode({ id, channel, args }));
    }),
    on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    off: (channel, listener) => void listeners.set(channel, (listeners.get(channel) ?? []).filter((item) => item !== listener)),
  };
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => down({ expose: name, description: describe(api).object }) },
    ipcRenderer,
    webUtils: { getPathForFile: (file) => { throw new Error('not in stand-in: a page of Playwright has no file paths'); } },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('module not found: ' + name);
  };
  const module = { exports: {} };
  new Function('require', 'module', 'exports', ${JSON.stringify(bundle)})(require, module, module.exports);
})();`;
