import { randomUUID } from 'node:crypto';
import type { CodePipelineClient, PipelineDeclaration as SdkDeclaration } from '@aws-sdk/client-codepipeline';
import { canonicalJson } from '../../shared/convert/canonicalJson.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { type Problem, ProblemError, problem } from '../../shared/problem.ts';
import { validate } from '../../shared/validation/validate.ts';
import type { Aws, Documents, SettingsStore } from '../parts.ts';
import { asAwsProblem } from './awsProblem.ts';
import { maskedSecretProblems } from './maskedSecrets.ts';
import { listProfiles } from './profiles.ts';
import type { PushTarget, PushTargets } from './pushTargets.ts';

/**
 * AWS CodePipeline itself. Nothing here runs until a person asks for it; the SDK is loaded at the first call. Credentials
 * come from the SDK's own chain for the profile of the settings; none is stored, logged or handed on. The endpoint can be
 * overridden by the settings only, never by a project.
 */
export interface AwsOptions {
  settings: Pick<SettingsStore, 'get'>;
  documents: Pick<Documents, 'openText' | 'get'>;
  /** Remembers where each document was pushed to; without it no account is strange. */
  targets?: PushTargets;
  /** Environment of the user, for finding the shared configuration files. */
  environment?: NodeJS.ProcessEnv;
}

interface Live {
  pipeline: SdkDeclaration;
  account: string;
  version: number;
}

interface PreparedPush {
  local: SdkDeclaration;
  liveVersion: number;
  /** The settings that the person saw in effect; a push with any others is refused. */
  settings: string;
  /** What `targets` knows this document by. */
  document: string;
  account: string;
  region: string;
  isOtherAccount: boolean;
}

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Reviews that may be open at once; the oldest is forgotten. */
const MAX_PREPARED = 20;

export function createAws({ settings, documents, targets, environment = process.env }: AwsOptions): Aws {
  // The metadata address of EC2 is asked for credentials only by people who work there and say so.
  environment.AWS_EC2_METADATA_DISABLED ??= 'true';
  // Only the settings say which endpoint is used, so that the review never shows another than the one that is called.
  environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = 'true';
  let open: { key: string; client: CodePipelineClient } | undefined;
  const prepared = new Map<string, PreparedPush>();

  const settingsInEffect = () => JSON.stringify(settings.get().aws);

  async function connect() {
    const sdk = await import('@aws-sdk/client-codepipeline');
    const { profile, region, endpoint } = settings.get().aws;
    if (open?.key !== settingsInEffect()) {
      open?.client.destroy();
      const client = new sdk.CodePipelineClient({
        ...(profile && { profile }),
        ...(region && { region }),
        ...(endpoint && { endpoint }),
        maxAttempts: 3,
        requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
      });
      open = { key: settingsInEffect(), client };
    }
    return { sdk, client: open.client };
  }

  /** Runs a call; every failure becomes a Problem that says what to do. */
  async function ask<T>(where: string, run: (aws: Awaited<ReturnType<typeof connect>>) => Promise<T>): Promise<T> {
    try {
      return await run(await connect());
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError(asAwsProblem(error, where, settings.get().aws), { cause: error });
    }
  }

  const getLive = (pipelineName: string): Promise<Live | undefined> =>
    ask(pipelineName, async ({ sdk, client }) => {
      try {
        const { pipeline, metadata } = await client.send(new sdk.GetPipelineCommand({ name: pipelineName }));
        if (!pipeline) throw new Error('AWS answered GetPipeline without a pipeline.');
        return { pipeline, account: metadata?.pipelineArn?.split(':')[4] ?? '', version: pipeline.version ?? 1 };
      } catch (error) {
        if (error instanceof sdk.PipelineNotFoundException) return undefined;
        throw error;
      }
    });

  /** The account that a new pipeline would belong to: the credentials' own, else the one in its role's ARN. */
  async function accountOf(local: SdkDeclaration): Promise<string> {
    const credentials = await ask('', ({ client }) => client.config.credentials());
    return credentials.accountId ?? local.roleArn?.split(':')[4] ?? '';
  }

  const regionInUse = () => ask('', ({ client }) => client.config.region());

  const handlers: Aws['handlers'] = {
    listAwsProfiles: () => listProfiles(environment),

    listAwsPipelines: () =>
      ask('', async ({ sdk, client }) => {
        const found = [];
        for await (const page of sdk.paginateListPipelines({ client }, {})) {
          for (const { name, version, pipelineType, executionMode, updated } of page.pipelines ?? []) {
            found.push({
              name: name ?? '',
              version: version ?? 0,
              pipelineType: pipelineType ?? 'V1',
              executionMode: executionMode ?? 'SUPERSEDED',
              updated: updated?.getTime() ?? 0,
            });
          }
        }
        return found;
      }),

    async pullPipeline({ pipelineName }) {
      const live = await getLive(pipelineName);
      if (!live) throw new ProblemError(notFound(pipelineName));
      return documents.openText(pipelineName, `${JSON.stringify({ pipeline: live.pipeline }, null, 2)}\n`);
    },

    async preparePush({ documentId, text }) {
      const { path } = documents.get(documentId);
      const { pipeline, problems } = parseDocument(text, /\.ya?ml$/i.test(path) ? 'yaml' : 'json');
      const errors = [...problems, ...(pipeline ? validate(pipeline) : [])].filter(
        ({ severity }) => severity === 'error',
      );
      if (!pipeline || errors[0]) throw new ProblemError(errors[0] ?? noPipeline());
      const { version: _version, ...rest } = pipeline;
      const local = rest as SdkDeclaration;
      const live = await getLive(pipeline.name);
      const masked = maskedSecretProblems(pipeline, live !== undefined);
      const refused = masked.find(({ severity }) => severity === 'error');
      if (refused) throw new ProblemError(refused);
      const { profile, endpoint } = settings.get().aws;
      const account = live?.account || (await accountOf(local));
      const region = await regionInUse();
      const document = path || pipeline.name;
      const pushId = randomUUID();
      const strange = strangeAccount(await targets?.get(document), account, pipeline.name);
      const isOtherAccount = strange.length > 0;
      for (const oldest of [...prepared.keys()].slice(0, Math.max(0, prepared.size - MAX_PREPARED + 1)))
        prepared.delete(oldest);
      prepared.set(pushId, {
        local,
        liveVersion: live?.version ?? 0,
        settings: settingsInEffect(),
        document,
        account,
        region,
        isOtherAccount,
      });
      return {
        pushId,
        account,
        region,
        profile,
        endpoint,
        pipelineName: pipeline.name,
        exists: live !== undefined,
        liveVersion: live?.version ?? 0,
        live: live ? canonicalJson(live.pipeline as never) : '',
        local: canonicalJson(pipeline),
        warnings: [...strange, ...masked, ...effectsOf(live, pipeline.name)],
        isOtherAccount,
      };
    },

    async pushPipeline({ pushId, account: typed }) {
      const push = prepared.get(pushId);
      if (push?.isOtherAccount && typed !== push.account) throw new ProblemError(notTyped(push.account));
      prepared.delete(pushId); // a push is carried out once
      if (!push || push.settings !== settingsInEffect()) throw new ProblemError(stalePush());
      const { local, liveVersion, document, account, region } = push;
      const name = local.name ?? '';
      const live = await getLive(name);
      if ((live?.version ?? 0) !== liveVersion) throw new ProblemError(changedMeanwhile(name, live?.version ?? 0));
      const pushed = await ask(name, async ({ sdk, client }) => {
        const { pipeline } = live
          ? await client.send(new sdk.UpdatePipelineCommand({ pipeline: local }))
          : await client.send(new sdk.CreatePipelineCommand({ pipeline: local }));
        return { pipelineName: pipeline?.name ?? name, version: pipeline?.version ?? liveVersion + 1 };
      });
      // It is done in AWS, whatever becomes of the note about it.
      await targets?.set(document, { account, region }).catch(() => {});
      return pushed;
    },

    startAwsExecution: ({ pipelineName }) =>
      ask(pipelineName, async ({ sdk, client }) => {
        const { pipelineExecutionId } = await client.send(
          new sdk.StartPipelineExecutionCommand({ name: pipelineName }),
        );
        return { pipelineExecutionId: pipelineExecutionId ?? '' };
      }),
  };

  return { handlers, close: () => open?.client.destroy() };
}

/** Pushing to another account than the last time is seldom meant (reliability-security.md AW-14). */
function strangeAccount(last: PushTarget | undefined, account: string, where: string): Problem[] {
  if (!last?.account || last.account === account) return [];
  const what = `This document was last pushed to account ${last.account} (${last.region}); this push goes to ${account || 'an unknown account'}.`;
  const fix = 'Push only if you mean to change the account; else choose another profile in Settings.';
  return [problem({ code: 'push.other-account', severity: 'warning', where, what, fix })];
}

function notTyped(account: string): Problem {
  return problem({
    code: 'push.account-not-typed',
    where: '',
    what: 'This push goes to another account than the last time, and its number was not given.',
    fix: account ? `Type ${account} if that is the account you mean.` : 'Choose a profile whose account is known.',
  });
}

/** What AWS does by itself when the push is carried out (reference/execution-semantics.md §2 and §15). */
function effectsOf(live: Live | undefined, where: string): Problem[] {
  const what = live
    ? 'Updating cancels the executions that are running or waiting (except in PARALLEL mode).'
    : 'AWS runs a new pipeline once by itself, as soon as it is created.';
  return [problem({ code: 'push.effect', severity: 'warning', where, what, fix: 'Push when that is acceptable.' })];
}

const notFound = (pipelineName: string) => ({
  code: 'aws.pipeline-not-found',
  where: '',
  what: `This account and region have no pipeline named "${pipelineName}".`,
  fix: 'Check the profile and region in Settings.',
});

const noPipeline = () => ({
  code: 'text.not-a-pipeline',
  where: '',
  what: 'The text holds no pipeline declaration.',
  fix: 'Mend the text in the Code tab first.',
});

const stalePush = () => ({
  code: 'push.stale',
  where: '',
  what: 'This push was already carried out, or the AWS settings changed since it was reviewed.',
  fix: 'Press Push again to review the current difference.',
});

const changedMeanwhile = (where: string, version: number) => ({
  code: 'push.changed-meanwhile',
  where,
  what: version
    ? `The live pipeline is now at version ${version}: somebody changed it since the review.`
    : 'The live pipeline was deleted since the review.',
  fix: 'Press Push again to review the difference to the new version. Nothing was pushed.',
});
