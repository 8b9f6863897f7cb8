import { createHash, createHmac } from 'node:crypto';

/*
 * GetObject and PutObject, signed by hand so that the sample needs no further package. With @aws-sdk/client-s3 it is
 *   const s3 = new S3Client({ credentials: artifactCredentials });
 *   await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: objectKey }));
 * The SDK finds the address in AWS_ENDPOINT_URL_S3, as this does.
 */
export async function object(method, { bucketName, objectKey }, credentials, body = new Uint8Array()) {
  const region = process.env.AWS_REGION ?? 'us-east-1';
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? `https://s3.${region}.amazonaws.com`;
  const path = `/${bucketName}/${objectKey}`.split('/').map(encodeURIComponent).join('/');
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const headers = {
    host: new URL(endpoint).host,
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    'x-amz-date': now,
    'x-amz-security-token': credentials.sessionToken,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  const request = [method, path, '', ...lines, '', names, headers['x-amz-content-sha256']].join('\n');
  const scope = [now.slice(0, 8), region, 's3', 'aws4_request'];
  const hash = createHash('sha256').update(request).digest('hex');
  const key = scope.reduce((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', now, scope.join('/'), hash].join('\n')).toString('hex');
  const response = await fetch(endpoint + path, {
    method,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
    },
    ...(method === 'PUT' ? { body } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
