import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileGround } from '../../testing/hostileHarness.ts';
import { collectArtifacts } from '../build/collectArtifacts.ts';
import { readBuildspec } from '../build/readBuildspec.ts';
import { createArtifactStore } from './artifactStore.ts';
import { deployFiles, deployZip } from './deploy.ts';
import { inspectZip, readZipFile } from './extractZip.ts';
import { isInside, openInside, resolveInside } from './resolveInside.ts';
import { zipFolder } from './zipFolder.ts';

const ground = hostileGround();
beforeAll(() => ground.enter());
afterAll(() => ground.leave());

/** Node cannot make one itself. */
const FIFO_MAKER = 'mkfifo';
/** Nothing that a sink answers may hold this, and no file outside `work` may change. */
const SECRET = 'the secret outside';

interface Scene {
  place: string;
  /** The folder that paths must not leave. */
  work: string;
  /** Beside it, its name beginning alike. */
  outside: string;
}

function scene(): Scene {
  const place = ground.place();
  const work = join(place, 'work');
  const outside = join(place, 'work-evil');
  for (const folder of [work, join(work, 'dir'), outside]) mkdirSync(folder);
  writeFileSync(join(work, 'dir', 'inside.txt'), 'inside');
  writeFileSync(join(outside, 'secret.txt'), SECRET);
  return { place, work, outside };
}

/** Each makes its trap in the scene and answers the path that the sink is given. */
const inputs: Record<string, (scene: Scene) => string> = {
  'PT-01 a climb': () => '../work-evil/secret.txt',
  'PT-02 an absolute path': ({ outside }) => join(outside, 'secret.txt'),
  'PT-03 an encoded climb': () => '%2e%2e%2fwork-evil%2fsecret.txt',
  'PT-04 a twice encoded climb': () => '%252e%252e%252fwork-evil%252fsecret.txt',
  'PT-05 a climb with backslashes': () => '..\\work-evil\\secret.txt',
  'PT-06 a link in the folder': ({ work, outside }) => {
    symlinkSync(join(outside, 'secret.txt'), join(work, 'link.txt'));
    return 'link.txt';
  },
  'PT-06 a linked folder': ({ work, outside }) => {
    symlinkSync(outside, join(work, 'linked'));
    return 'linked/secret.txt';
  },
  'PT-08 a sibling that begins alike': ({ work }) => `${work}-evil/secret.txt`,
  'PT-09 a climb in another case': () => '../WORK-EVIL/secret.txt',
  'PT-10 a climb in compatibility letters': () => '\u2025/work-evil/secret.txt',
  'PT-11 a NUL byte': () => '../work-evil/secret.txt\0.txt',
  'PT-12 a home folder': () => '~/secret.txt',
  'PT-13 a variable': () => '$PENSTOCK_OUTSIDE/secret.txt',
  'PT-14 a pattern that reaches out': () => '{..,x}/**/*',
  'PT-14 a pattern with a climb': () => 'dir/../../work-evil/**/*',
  'PT-15 a FIFO': ({ work }) => {
    execFileSync(FIFO_MAKER, [join(work, 'pipe')]);
    return 'pipe';
  },
  'PT-16 a reserved name': () => 'NUL',
};

/** Answers whatever a caller could see, as text. */
const sinks: Record<string, (scene: Scene, path: string) => Promise<string>> = {
  async resolveInside({ work }, path) {
    const real = await resolveInside(work, path);
    expect(isInside(work, real)).toBe(true);
    return existsSync(real) && lstatSync(real).isFile() ? readFileSync(real, 'utf8') : '';
  },
  async openInside({ work }, path) {
    const { file } = await openInside(work, path);
    try {
      return await readFile(file, 'utf8');
    } finally {
      await file.close();
    }
  },
  async 'files of a zipped folder'(here, path) {
    const store = storeOf(here);
    return contentOf(store, await store.putFolder(here.work, { files: [path] }));
  },
  async 'names of a made artifact'(here, path) {
    const store = storeOf(here);
    return contentOf(store, await store.putText({ [path]: 'text' }));
  },
  'the digest of an artifact': async (here, path) => readFileSync(storeOf(here).pathOf(path), 'utf8'),
  async 'a file of an artifact'(here, path) {
    const zip = await artifact(here);
    return (await readZipFile(zip, path))?.toString() ?? '';
  },
  async 'the prefix of a deploy'(here, path) {
    return String(await deployFiles(await artifact(here), here.work, { prefix: path }));
  },
  async 'the key of a deployed zip'(here, path) {
    await deployZip(await artifact(here), here.work, path);
    return '';
  },
  'base-directory of a buildspec': (here, path) => collected(here, path.replace('/secret.txt', ''), ['**/*']),
  'files of a buildspec': (here, path) => collected(here, '.', [path]),
  async 'the path of a buildspec'(here, path) {
    const folder = join(here.place, 'attempt');
    mkdirSync(folder);
    return (await readBuildspec(path, here.work, folder)).text;
  },
};

const storeOf = ({ place }: Scene) => createArtifactStore(join(place, 'store'));
const artifact = async (here: Scene) =>
  storeOf(here).pathOf((await storeOf(here).putText({ 'new.txt': 'new' })).digest);

async function contentOf(store: ReturnType<typeof storeOf>, { digest }: { digest: string }): Promise<string> {
  const { paths } = await inspectZip(store.pathOf(digest));
  const texts = await Promise.all(paths.map((path) => readZipFile(store.pathOf(digest), path)));
  return texts.join('\n');
}

async function collected(here: Scene, baseDirectory: string, files: string[]): Promise<string> {
  const { folder, files: found } = await collectArtifacts({
    spec: { baseDirectory, files, excludePaths: [], discardPaths: false } as never,
    sourceFolder: here.work,
    workspace: here.work,
    variables: new Map([['PENSTOCK_OUTSIDE', here.outside]]),
    scratch: join(here.place, 'scratch'),
  });
  const store = storeOf(here);
  return contentOf(store, await store.putFolder(folder, { files: found }));
}

const pairs = Object.keys(inputs).flatMap((input) => Object.keys(sinks).map((sink) => [input, sink] as const));

describe('PT paths that leave their folder', () => {
  it.each(pairs)('%s does not get out at: %s', async (input, sink) => {
    const here = scene();
    const path = ground.fixture(inputs[input]!(here));
    ground.remember();
    const seen = await sinks[sink]!(here, path).catch((error: unknown) => `refused: ${(error as Error).message}`);
    expect(seen).not.toContain(SECRET);
    const ours = ['store', 'scratch', 'attempt', 'work'].map((name) => join(here.place, name));
    const outside = ground
      .changes()
      .filter((changed) => !ours.some((folder) => isInside(folder, join(ground.root, changed))));
    expect(outside).toEqual([]);
  });

  it('PT-07 a folder swapped for a link while it is zipped is found out', async () => {
    const { work, outside } = scene();
    writeFileSync(join(work, 'dir', 'later.txt'), 'inside');
    writeFileSync(join(outside, 'later.txt'), SECRET);
    let swapped = false;
    const swap = () => {
      if (swapped) return;
      swapped = true;
      renameSync(join(work, 'dir'), join(work, 'was-dir'));
      symlinkSync(outside, join(work, 'dir'));
    };
    const zipping = zipFolder(work, { write: swap }, { files: ['dir/inside.txt', 'dir/later.txt'] });
    await expect(zipping).rejects.toMatchObject({
      problem: { code: expect.stringMatching(/artifact.changed|path.outside/) },
    });
    expect(swapped).toBe(true);
  });

  it('PT-07 a folder swapped for a link during a deploy is found out before anything is written there', async () => {
    const here = scene();
    const store = storeOf(here);
    const { digest } = await store.putText({ 'dir/a.txt': 'new', 'dir/b.txt': 'new' });
    let entries = 0;
    const signal = {
      get aborted() {
        entries += 1;
        if (entries === 2) {
          rmSync(join(here.work, 'dir'), { recursive: true });
          symlinkSync(here.outside, join(here.work, 'dir'));
        }
        return false;
      },
      addEventListener() {},
      removeEventListener() {},
    };
    const deploying = deployFiles(store.pathOf(digest), here.work, { signal });
    await expect(deploying).rejects.toMatchObject({ problem: { code: 'deploy.link' } });
    expect(readdirSync(here.outside)).toEqual(['secret.txt']);
  });

  it("PT-07 a link in a deployed file's place is replaced, not written through", async () => {
    const here = scene();
    symlinkSync(join(here.outside, 'secret.txt'), join(here.work, 'new.txt'));
    await deployFiles(await artifact(here), here.work);
    expect(readFileSync(join(here.outside, 'secret.txt'), 'utf8')).toBe(SECRET);
    expect(lstatSync(join(here.work, 'new.txt')).isFile()).toBe(true);
  });

  it('PT-06 a deploy refuses a linked folder even when it leads inside', async () => {
    const here = scene();
    symlinkSync('dir', join(here.work, 'alias'));
    const deploying = deployFiles(await artifact(here), here.work, { prefix: 'alias' });
    await expect(deploying).rejects.toMatchObject({ problem: { code: 'deploy.link' } });
  });

  it("PT-16 a deploy never writes into git's own folder", async () => {
    const here = scene();
    const deploying = deployFiles(await artifact(here), here.work, { prefix: '.git/hooks' });
    await expect(deploying).rejects.toMatchObject({ problem: { code: 'deploy.unfit-key' } });
  });

  describe('with no guard', () => {
    it.each(['PT-01 a climb', 'PT-06 a link in the folder', 'PT-06 a linked folder'])(
      'PT-00 control: %s reads the secret through a plain join',
      (input) => {
        const here = scene();
        expect(readFileSync(join(here.work, inputs[input]!(here)), 'utf8')).toBe(SECRET);
      },
    );

    it('PT-00 control: a plain write through a climb is noticed', () => {
      const here = scene();
      ground.remember();
      writeFileSync(join(here.work, '../work-evil/secret.txt'), 'overwritten');
      expect(ground.changes(here.work)).toHaveLength(1);
    });

    it('PT-00 control: an ordinary path passes every sink', async () => {
      const here = scene();
      expect(await sinks.resolveInside!(here, 'dir/inside.txt')).toBe('inside');
      expect(await sinks.openInside!(here, './dir/inside.txt')).toBe('inside');
      expect(await sinks['files of a zipped folder']!(here, 'dir/inside.txt')).toBe('inside');
      expect(await sinks['base-directory of a buildspec']!(here, 'dir')).toBe('inside');
      expect(await sinks['files of a buildspec']!(here, 'dir/*')).toBe('inside');
      expect(await sinks['the path of a buildspec']!(here, 'dir/inside.txt')).toBe('inside');
      expect(await sinks['the prefix of a deploy']!(here, 'site')).toBe('1');
      expect(readFileSync(join(here.work, 'site', 'new.txt'), 'utf8')).toBe('new');
    });
  });
});
