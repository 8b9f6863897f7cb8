/**
 * What runs beside a bound handler in its process: reads the event, calls the function as Lambda's runtime does, and ends with
 * 0 when it returned and 1 when it threw. Arguments: event file, handler file, name of the function, description of the call
 * (JSON: what the context says). Plain text, because it is written next to the event and run by another program.
 */
export const NODE_SCRIPT = `
import { readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [eventFile, handlerFile, handlerName, description] = process.argv.slice(2);
const event = JSON.parse(readFileSync(eventFile, 'utf8'));
rmSync(eventFile, { force: true });
delete process.env.ELECTRON_RUN_AS_NODE;
const { timeoutMs, ...facts } = JSON.parse(description);
const deadline = Date.now() + timeoutMs;

try {
  const loaded = await import(pathToFileURL(handlerFile).href);
  const found = loaded[handlerName] ?? loaded.default?.[handlerName] ?? (handlerName === 'handler' ? loaded.default : undefined);
  if (typeof found !== 'function') {
    throw new Error('Handler "' + handlerName + '" is no function that ' + handlerFile + ' exports (Runtime.HandlerNotFound).');
  }
  await new Promise((resolve, reject) => {
    const done = (error, value) => (error ? reject(error) : resolve(value));
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      ...facts,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      done,
      succeed: (value) => resolve(value),
      fail: (error) => reject(error),
    };
    const answer = found(event, context, done);
    if (typeof answer?.then === 'function') answer.then(resolve, reject);
    else if (found.length < 3) resolve(answer);
  });
} catch (error) {
  console.error(error?.stack ?? error);
  process.exit(1);
}
process.exit(0);
`;

export const PYTHON_SCRIPT = `
import importlib.util, json, os, sys, time, traceback

event_file, handler_file, handler_name, description = sys.argv[1:5]
with open(event_file, encoding='utf-8') as file:
    event = json.load(file)
os.remove(event_file)
facts = json.loads(description)


class Context:
    def __init__(self):
        self.function_name = facts['functionName']
        self.function_version = facts['functionVersion']
        self.invoked_function_arn = facts['invokedFunctionArn']
        self.memory_limit_in_mb = facts['memoryLimitInMB']
        self.aws_request_id = facts['awsRequestId']
        self.log_group_name = facts['logGroupName']
        self.log_stream_name = facts['logStreamName']
        self.identity = None
        self.client_context = None
        self._deadline = time.monotonic() + facts['timeoutMs'] / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))


try:
    sys.path.insert(0, os.path.dirname(handler_file))
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(handler_file))[0], handler_file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = getattr(module, handler_name, None)
    if not callable(found):
        raise RuntimeError('Handler "%s" is no function of %s (Runtime.HandlerNotFound).' % (handler_name, handler_file))
    found(event, Context())
except Exception:
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
sys.stdout.flush()
sys.stderr.flush()
os._exit(0)
`;
