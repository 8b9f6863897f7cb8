import { readSourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { type Command, pair, parse } from './command.ts';
import { runFile, runOptions } from './runFile.ts';

const options = {
  ...runOptions,
  var: { type: 'string', multiple: true, default: [] as string[] },
  revision: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export const command: Command = {
  usage: `penstock run FILE [OPTIONS]

Runs a pipeline on this machine and waits for its end.

  --source Action=PATH       repository or folder of a source action
  --bind Stage/Action=PATH   any other local binding (a bucket's folder, the file of a pipeline that it starts …)
  --bind Stage/Action=COMMAND
                             start this job worker for a custom action when the run comes to it, and end it with the run;
                             no COMMAND = wait for one that you start with: penstock worker-env
  --var NAME=VALUE           a pipeline variable
  --revision Action=VALUE    read this revision (a commit id, an image digest, an S3 object's version) instead of the
                             newest; Action=S3_OBJECT_KEY:KEY where the action allows another key
  --approve Stage/Action     approve this manual approval when it comes
  --approve-all              approve all of them
  --trust                    agree to run this project's commands
  --slots N                  actions that may run at once (default: number of cores)
  --json                     one event a line on stdout
  --quiet, -q                say only how it ends
  --data-dir DIR             keep history and artifacts there

Ends with 0 succeeded, 1 failed, 2 usage or invalid file, 3 stopped, 4 waits for a person who is not here (an approval, a disabled transition).
Ctrl+C stops after the running actions; a second one (or SIGTERM) abandons them.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 1, max: 1 });
    return runFile(positionals[0]!, values, io, ({ pipeline }) => ({
      variables: Object.fromEntries(values.var.map((given) => pair(given, '--var'))),
      sourceRevisions: values.revision.map((given) => {
        pair(given, '--revision');
        return readSourceRevision(pipeline, given);
      }),
    }));
  },
};
