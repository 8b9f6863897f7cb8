import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CallName, contract, type Handlers, type Reply } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { answer } from './answer.ts';
import { APP_ORIGIN, originOf, serveElectron } from './electronDoor.ts';
import { createPageConsent } from './pageConsent.ts';

/** What reached the handlers; the canary of every case. */
let reached: { name: string; input: unknown }[] = [];
const handlers = new Proxy({} as Handlers, {
  get: (_target, name) => async (input: unknown) => {
    reached.push({ name: String(name), input });
    return {};
  },
});
const names = Object.keys(contract) as CallName[];
const deep = () => {
  let value: unknown = {};
  for (let level = 0; level < 5000; level += 1) value = { value };
  return value;
};
const cyclic = () => {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
};
const HOSTILE: readonly [string, () => unknown][] = [
  ['no input', () => undefined],
  ['null', () => null],
  ['a number', () => 1],
  ['NaN', () => Number.NaN],
  ['Infinity', () => Number.POSITIVE_INFINITY],
  ['a text', () => 'x'],
  ['a huge text', () => 'x'.repeat(11 * 1024 * 1024)],
  ['a list', () => [{ documentId: 'x' }]],
  ['an array-like', () => ({ length: 1, 0: 'x' })],
  ['a deep object', deep],
  ['a cyclic object', cyclic],
  [
    'a getter that throws',
    () =>
      Object.defineProperty({}, 'documentId', {
        enumerable: true,
        get: () => {
          throw new Error('getter');
        },
      }),
  ],
  [
    'a proxy that throws',
    () =>
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('proxy');
          },
        },
      ),
  ],
  ['a __proto__ key', () => JSON.parse('{"__proto__":{"polluted":true},"documentId":{"a":1}}')],
  ['a symbol', () => Symbol('x')],
  ['a function', () => () => 1],
  ['a Date', () => new Date(0)],
  ['a Map', () => new Map([['documentId', 'x']])],
  ['a BigInt', () => 1n],
];

beforeEach(() => {
  reached = [];
});

describe('IP calls of a window', () => {
  it('IP-00 control: a proper call reaches its handler', async () => {
    expect(await answer(handlers, 'closeDocument', { documentId: 'x' })).toEqual({ ok: true, value: {} });
    expect(reached).toEqual([{ name: 'closeDocument', input: { documentId: 'x' } }]);
  });

  it.each(names.flatMap((name) => HOSTILE.map(([title, make]) => ({ name, title, make }))))(
    'IP-01 $name given $title is refused or cleaned',
    async ({ name, make }) => {
      const reply = await answer(handlers, name, make()).catch((error: unknown) => error);
      expect(reply).toHaveProperty('ok');
      for (const { input } of reached) {
        // A call that takes nothing may be made with anything, but its handler never sees it.
        expect(contract[name].input.safeParse(input).success).toBe(true);
        expect(
          Object.keys(input as object).every(
            (key) => key in (contract[name].input as unknown as { shape: object }).shape,
          ),
        ).toBe(true);
      }
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );

  it.each(['nothing', 'constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'electron-store-get-data'])(
    'IP-02 the unknown call "%s" is refused',
    async (name) => {
      expect(await answer(handlers, name, {})).toMatchObject({ ok: false, problem: { code: 'call.unknown' } });
      expect(reached).toEqual([]);
    },
  );

  it.each([undefined, null, 1, {}, ['closeDocument'], Symbol('x')])(
    'IP-02b a name that is no text is refused',
    async (name) => {
      expect(await answer(handlers, name, {})).toMatchObject({ ok: false, problem: { code: 'call.unknown' } });
    },
  );

  it('IP-22 the text of a fault of ours holds no stack, path or secret', async () => {
    const failing = {
      closeDocument: async () => {
        throw new Error('AKIASECRET in /home/someone/x.ts');
      },
    } as unknown as Handlers;
    const reply = await answer(failing, 'closeDocument', { documentId: 'x' });
    expect(JSON.stringify(reply)).not.toMatch(/AKIA|\/home|\bat \S+:\d/);
    expect(reply.ok).toBe(false);
  });

  it('IP-22b a Problem travels whole', async () => {
    const problem = { code: 'a.b', where: 'S/A', what: 'What.', fix: 'Fix.' };
    const failing = {
      closeDocument: async () => {
        throw new ProblemError(problem);
      },
    } as unknown as Handlers;
    expect(await answer(failing, 'closeDocument', { documentId: 'x' })).toMatchObject({ ok: false, problem });
  });

  it('IP-22c an answer that breaks the contract is a fault, not a value', async () => {
    const broken = { listRecent: async () => 'secret' } as unknown as Handlers;
    expect(await answer(broken, 'listRecent', {})).toMatchObject({ ok: false, problem: { code: 'call.failed' } });
  });
});

describe('IP senders of the desktop app', () => {
  type Handle = (event: IpcMainInvokeEvent, ...given: unknown[]) => Promise<Reply>;
  const ours = { id: 1 } as WebContents;
  const handles = new Map<string, Handle>();
  let dropped: string[] = [];

  beforeEach(() => {
    handles.clear();
    dropped = [];
    serveElectron({
      ipc: {
        handle: (channel: string, handle: unknown) => handles.set(channel, handle as Handle),
      } as unknown as IpcMain,
      handlers: () => handlers,
      isOurs: (contents) => contents.id === 1,
      openDropped: async (path) => void dropped.push(path),
      report: () => {},
    });
  });

  const event = (change: { url?: string; parent?: unknown; sender?: WebContents; frame?: null } = {}) =>
    ({
      sender: change.sender ?? ours,
      senderFrame:
        change.frame === null ? null : { url: change.url ?? `${APP_ORIGIN}/`, parent: change.parent ?? null },
    }) as unknown as IpcMainInvokeEvent;
  const call = (from: IpcMainInvokeEvent, ...given: unknown[]) => handles.get('penstock:call')!(from, ...given);

  it('IP-03b control: our own page is served', async () => {
    expect((await call(event(), 'closeDocument', { documentId: 'x' })).ok).toBe(true);
    await handles.get('penstock:dropped')!(event(), '/a.json');
    expect(dropped).toEqual(['/a.json']);
  });

  it.each([
    ['IP-04 a subframe', { parent: {} }],
    ['IP-05 a frame that is gone', { frame: null }],
    ['IP-06 a page of the web', { url: 'https://evil.example/' }],
    ['IP-06b a file', { url: 'file:///tmp/x.html' }],
    ['IP-06c an empty page', { url: 'about:blank' }],
    ['IP-07 another window', { sender: { id: 2 } as WebContents }],
    ['IP-08 a look-alike host', { url: 'app://penstock.evil/' }],
    ['IP-08b a look-alike user', { url: 'app://penstock@evil/' }],
    ['IP-08c our host as a user', { url: 'app://evil@penstock/' }],
    ['IP-08d another scheme', { url: 'apps://penstock/' }],
  ] as const)('%s is refused', async (_title, change) => {
    expect(await call(event(change as never), 'closeDocument', { documentId: 'x' })).toMatchObject({
      ok: false,
      problem: { code: 'call.foreign' },
    });
    expect((await handles.get('penstock:dropped')!(event(change as never), '/a.json')).ok).toBe(false);
    expect(reached).toEqual([]);
    expect(dropped).toEqual([]);
  });

  it('IP-01b too few and too many arguments are refused', async () => {
    expect((await call(event())).ok).toBe(false);
    expect((await call(event(), 'closeDocument', { documentId: 'x' }, 'more')).ok).toBe(false);
    expect(reached).toEqual([]);
  });

  it('IP-16 a flood is slowed down, and only a flood', async () => {
    const replies = await Promise.all(
      Array.from({ length: 5000 }, () => call(event(), 'closeDocument', { documentId: 'x' })),
    );
    expect(replies.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
    expect(reached.length).toBeLessThan(5000);
    expect(reached.length).toBeGreaterThanOrEqual(2000);
  });

  it('IP-23 serves two channels and no more', () => {
    expect([...handles.keys()].sort()).toEqual(['penstock:call', 'penstock:dropped']);
  });

  it('reads origins without being fooled', () => {
    expect(originOf('app://penstock/index.html?x#y')).toBe(APP_ORIGIN);
    expect(originOf('not an address')).toBe('');
  });
});

describe('IP consent given by a page', () => {
  const consent = { consentId: 'c', folder: '/p', openedAs: '/p', commands: [], changed: false };

  it('IP-12 counts once, only when asked, and never faster than a person reads', async () => {
    let time = 0;
    const asked: string[] = [];
    const { askConsent, answerConsent } = createPageConsent(
      (name) => void asked.push(name),
      () => time,
    );
    await expect(answerConsent({ consentId: 'c', trusted: true })).rejects.toThrow(ProblemError);
    const answered = askConsent(consent);
    expect(asked).toEqual(['consentRequested']);
    await expect(answerConsent({ consentId: 'c', trusted: true })).rejects.toThrow(/before the commands could be read/);
    time = 600;
    await answerConsent({ consentId: 'c', trusted: true });
    expect(await answered).toBe(true);
    await expect(answerConsent({ consentId: 'c', trusted: true })).rejects.toThrow(ProblemError);
  });

  it('refuses at once, and refuses all when the page is gone', async () => {
    const { askConsent, answerConsent, refuseAll } = createPageConsent(() => {});
    const first = askConsent(consent);
    await answerConsent({ consentId: 'c', trusted: false });
    expect(await first).toBe(false);
    const second = askConsent({ ...consent, consentId: 'd' });
    refuseAll();
    expect(await second).toBe(false);
  });
});
