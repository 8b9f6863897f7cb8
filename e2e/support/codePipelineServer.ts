import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canFailWith, violations } from './awsModel.ts';

/**
 * A small CodePipeline over real HTTP (AWS JSON 1.1, reference/api.md) for specs: it keeps pipelines with versions and
 * starts executions. Every request and every answer is checked against AWS's model; what breaks it is kept in `breaches`
 * and answered as AWS would, or with a server fault when it is ours.
 */
interface Declaration {
  name: string;
  version?: number;
  [member: string]: unknown;
}

export interface RecordedCall {
  operation: string;
  input: Record<string, unknown>;
  headers: Record<string, string | undefined>;
}

export interface CodePipelineServer {
  readonly endpoint: string;
  readonly calls: RecordedCall[];
  /** Answers of ours that AWS would never give; must stay empty. */
  readonly breaches: string[];
  /** Puts a pipeline there as if somebody else had pushed it. Answers its version. */
  put(pipeline: Declaration): number;
  /** The current declaration, version included. */
  get(name: string): Declaration | undefined;
  /** The next call fails like this. */
  failNext(error: string, message: string, status?: number): void;
  close(): Promise<void>;
}

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

class AwsError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export async function startCodePipelineServer(port = 0): Promise<CodePipelineServer> {
  const pipelines = new Map<string, { pipeline: Declaration; created: number; updated: number }>();
  const calls: RecordedCall[] = [];
  const breaches: string[] = [];
  let nextFailure: { error: string; message: string; status: number } | undefined;
  const now = () => Date.now() / 1000;

  const put = (pipeline: Declaration): number => {
    const before = pipelines.get(pipeline.name);
    const version = (before?.pipeline.version ?? 0) + 1;
    pipelines.set(pipeline.name, {
      pipeline: { ...pipeline, version },
      created: before?.created ?? now(),
      updated: now(),
    });
    return version;
  };

  const find = (name: string) => {
    const found = pipelines.get(name);
    if (!found)
      throw new AwsError(
        'PipelineNotFoundException',
        `Account '${ACCOUNT}' does not have a pipeline with name '${name}'`,
      );
    return found;
  };

  const operations: Record<string, (input: Record<string, unknown>) => unknown> = {
    ListPipelines: () => ({
      pipelines: [...pipelines.values()]
        .sort((a, b) => a.pipeline.name.localeCompare(b.pipeline.name))
        .map(({ pipeline, created, updated }) => ({
          name: pipeline.name,
          version: pipeline.version,
          pipelineType: pipeline.pipelineType ?? 'V1',
          executionMode: pipeline.executionMode ?? 'SUPERSEDED',
          created,
          updated,
        })),
    }),
    GetPipeline: ({ name }) => {
      const { pipeline, created, updated } = find(String(name));
      return {
        pipeline,
        metadata: { pipelineArn: `arn:aws:codepipeline:${REGION}:${ACCOUNT}:${pipeline.name}`, created, updated },
      };
    },
    CreatePipeline: (input) => {
      const pipeline = input.pipeline as Declaration;
      if (pipelines.has(pipeline.name))
        throw new AwsError('PipelineNameInUseException', `A pipeline with the name '${pipeline.name}' already exists`);
      put(pipeline);
      return { pipeline: find(pipeline.name).pipeline };
    },
    UpdatePipeline: (input) => {
      const pipeline = input.pipeline as Declaration;
      if (!pipelines.has(pipeline.name))
        throw new AwsError('InvalidStructureException', `No pipeline with the name '${pipeline.name}'`);
      put(pipeline);
      return { pipeline: find(pipeline.name).pipeline };
    },
    StartPipelineExecution: ({ name }) => {
      find(String(name));
      return { pipelineExecutionId: randomUUID() };
    },
  };

  /** Body and status of the answer to one request. */
  function answer(operation: string, input: Record<string, unknown>): { status: number; body: unknown } {
    if (nextFailure) {
      const { error, message, status } = nextFailure;
      nextFailure = undefined;
      return { status, body: { __type: error, message } };
    }
    const run = operations[operation];
    if (!run) return { status: 400, body: { __type: 'UnknownOperationException' } };
    const wrong = violations(operation, 'input', input);
    if (wrong.length) {
      return {
        status: 400,
        body: {
          __type: 'ValidationException',
          message: `${wrong.length} validation errors detected: ${wrong.join('; ')}`,
        },
      };
    }
    try {
      const output = run(input);
      breaches.push(...violations(operation, 'output', output).map((text) => `${operation} ${text}`));
      return { status: 200, body: output };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!canFailWith(operation, error.name)) breaches.push(`${operation} cannot fail with ${error.name}`);
      return { status: 400, body: { __type: error.name, message: error.message } };
    }
  }

  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const [prefix, operation = ''] = target.split('.');
    const isOurs = request.method === 'POST' && request.url === '/' && prefix === 'CodePipeline_20150709';
    const isSigned = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/codepipeline\/aws4_request/.test(
      request.headers.authorization ?? '',
    );
    const input = JSON.parse((await bodyOf(request)) || '{}') as Record<string, unknown>;
    calls.push({ operation, input, headers: request.headers as Record<string, string | undefined> });
    const { status, body } = !isOurs
      ? { status: 400, body: { __type: 'UnknownOperationException' } }
      : isSigned
        ? answer(operation, input)
        : {
            status: 400,
            body: { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
          };
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': randomUUID() });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    breaches,
    put,
    get: (name) => pipelines.get(name)?.pipeline,
    failNext: (error, message, status = 400) => {
      nextFailure = { error, message, status };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
