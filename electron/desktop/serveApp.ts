import { APP_ORIGIN, originOf } from '../ipc/electronDoor.ts';
import { type StaticFile, securityHeaders } from '../ipc/staticFiles.ts';

/**
 * Answers requests of the `app:` scheme from the map of built files: nothing else exists, so no path can lead out of it.
 * GET and HEAD on our one host; everything else is refused.
 */
export function serveApp(files: ReadonlyMap<string, StaticFile>): (request: Request) => Response {
  return (request) => {
    const headers = securityHeaders();
    const refuse = (status: number) => new Response(null, { status, headers });
    if (originOf(request.url) !== APP_ORIGIN) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = files.get(new URL(request.url).pathname);
    if (!file) return refuse(404);
    const body = request.method === 'HEAD' ? null : new Uint8Array(file.bytes);
    return new Response(body, { status: 200, headers: { ...headers, 'Content-Type': file.type } });
  };
}
