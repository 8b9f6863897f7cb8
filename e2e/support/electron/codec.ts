/**
 * Structured clone through text, as Electron's IPC clones between processes: Map, Set, Date, BigInt, undefined, NaN, typed
 * arrays and cycles of none. What cannot be cloned throws with Electron's words. The same source runs in the page's
 * isolated world (see `codecSource`), so it uses nothing but the language.
 */
export function codec() {
  const CANNOT = 'An object could not be cloned.';
  const encode = (value: unknown, seen: unknown[] = []): unknown => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'function':
      case 'symbol':
        throw new Error(CANNOT);
      default:
    }
    if (value === null) return null;
    const object = value as object;
    if (seen.includes(object)) throw new Error(CANNOT);
    const inside = [...seen, object];
    if (Array.isArray(object)) return { $: 'list', v: Array.from(object, (item) => encode(item, inside)) };
    if (object instanceof Date) return { $: 'date', v: object.getTime() };
    if (object instanceof Map)
      return { $: 'map', v: [...object].map(([key, item]) => [encode(key, inside), encode(item, inside)]) };
    if (object instanceof Set) return { $: 'set', v: [...object].map((item) => encode(item, inside)) };
    if (object instanceof Error) return { $: 'error', v: object.message };
    if (ArrayBuffer.isView(object)) return { $: 'bytes', v: Array.from(object as Uint8Array) };
    if (object instanceof Promise || object instanceof WeakMap || object instanceof WeakSet) throw new Error(CANNOT);
    return {
      $: 'object',
      v: Object.keys(object).map((key) => [key, encode((object as Record<string, unknown>)[key], inside)]),
    };
  };
  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { $: kind, v } = value as { $: string; v: never };
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(v);
      case 'bigint':
        return BigInt(v);
      case 'list':
        return (v as unknown[]).map(decode);
      case 'date':
        return new Date(v);
      case 'map':
        return new Map((v as [unknown, unknown][]).map(([key, item]) => [decode(key), decode(item)]));
      case 'set':
        return new Set((v as unknown[]).map(decode));
      case 'error':
        return new Error(v);
      case 'bytes':
        return new Uint8Array(v);
      case 'object': {
        const object: Record<string, unknown> = {};
        for (const [key, item] of v as [string, unknown][]) {
          Object.defineProperty(object, key, {
            value: decode(item),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return object;
      }
      default:
        throw new Error(`Unknown encoding ${kind}.`);
    }
  };
  return {
    encode: (value: unknown) => JSON.stringify(encode(value)),
    decode: (text: string) => decode(JSON.parse(text)),
  };
}

/** The codec as an expression for another world. */
export const codecSource = `(${codec.toString()})()`;
