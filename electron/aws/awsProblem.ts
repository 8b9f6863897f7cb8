import type { ProblemInput } from '../../shared/problem.ts';

const NETWORK = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);
const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken', 'TokenRefreshRequired']);
const REFUSED_CREDENTIALS = new Set([
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'MissingAuthenticationTokenException',
]);

/**
 * A failure of the SDK as a Problem. Only AWS's own text about the pipeline is repeated; texts about credentials are
 * replaced by ours, because some of them quote what they were given.
 */
export function asAwsProblem(
  error: unknown,
  where: string,
  { profile, region, endpoint }: { profile: string; region: string; endpoint: string },
): ProblemInput {
  const { name, code, message } = describe(error);
  const using = profile ? `profile "${profile}"` : 'the default credentials';
  const at = endpoint || (region ? `AWS in ${region}` : 'AWS');
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return {
      code: 'aws.no-credentials',
      where,
      what: `No AWS credentials were found for ${using}.`,
      fix: 'Sign in with the AWS CLI (aws configure, aws sso login), or choose another profile in Settings.',
    };
  }
  if (/Region is missing/.test(message)) {
    return { code: 'aws.no-region', where, what: 'No AWS region is set.', fix: 'Choose a region in Settings.' };
  }
  if (EXPIRED.has(name)) {
    return {
      code: 'aws.expired',
      where,
      what: `The AWS credentials of ${using} have expired.`,
      fix: 'Sign in again (aws sso login), then repeat. Your work here is untouched.',
    };
  }
  if (REFUSED_CREDENTIALS.has(name)) {
    return {
      code: 'aws.refused-credentials',
      where,
      what: `AWS does not accept the credentials of ${using}.`,
      fix: 'Choose another profile in Settings, or mend the credentials with the AWS CLI. A wrong clock on this machine looks the same.',
    };
  }
  if (NETWORK.has(code) || name === 'TimeoutError') {
    return {
      code: 'aws.unreachable',
      where,
      what: `${at} cannot be reached (${code || 'no answer in time'}).`,
      fix: endpoint
        ? 'Check the endpoint in Settings; empty means AWS itself.'
        : 'Check the network connection and the region, then try again.',
    };
  }
  return {
    code: `aws.${name}`,
    where,
    what: message || `AWS answered ${name}.`,
    fix: FIXES[name] ?? 'Nothing was changed. Mend what AWS names, then try again.',
  };
}

const FIXES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'Ask for the permission that AWS names, or choose another profile in Settings.',
  ThrottlingException: 'Wait a moment and try again.',
  LimitExceededException: 'Delete pipelines that are no longer needed, or ask AWS for a higher quota.',
  PipelineNotFoundException: 'Check the name, profile and region.',
  ConflictException: 'Wait until the pipeline is no longer busy and try again.',
};

function describe(error: unknown): { name: string; code: string; message: string } {
  const fault = error as { name?: string; code?: string; message?: string; errors?: { code?: string }[] };
  return {
    name: fault?.name ?? 'UnknownError',
    code: fault?.code ?? fault?.errors?.[0]?.code ?? '',
    message: fault?.message ?? '',
  };
}
