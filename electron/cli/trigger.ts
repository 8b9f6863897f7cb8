import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { actionKey, type PipelineDeclaration } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type GitEvent, gitEventSchema } from '../../shared/triggers/gitEvent.ts';
import { filterName, matchTriggers, type TriggerExplanation } from '../../shared/triggers/matchTriggers.ts';
import { boundSources } from '../triggers/boundSources.ts';
import { createGitFacts } from '../triggers/gitFacts.ts';
import { startOfEvent } from '../triggers/startOfEvent.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { problemText, readPipelineFile } from './readFile.ts';
import { runFile, runOptions } from './runFile.ts';

const options = {
  ...runOptions,
  push: { type: 'string' },
  tag: { type: 'string' },
  pr: { type: 'string' },
  event: { type: 'string' },
  number: { type: 'string' },
  title: { type: 'string' },
  changed: { type: 'string', multiple: true, default: [] as string[] },
  new: { type: 'boolean' },
  commit: { type: 'string' },
  action: { type: 'string', multiple: true, default: [] as string[] },
  start: { type: 'boolean' },
} as const;

export const command: Command = {
  usage: `penstock trigger FILE --push BRANCH | --tag TAG | --pr FROM:INTO [OPTIONS]

Says whether a Git event would start the pipeline: which filter matches it, or why none does. Starts nothing by itself.

  --push BRANCH         a push to a branch
  --tag TAG             a push of a tag
  --pr FROM:INTO        a pull request from one branch into another
  --event EVENT         OPEN (the default), UPDATED or CLOSED, for --pr
  --number N, --title TEXT   of the pull request, for what reads PullRequestId and PullRequestTitle
  --changed PATH        a changed file, from the root of the repository; may be given several times
  --new                 the push creates the branch
  --action NAME         the source action whose repository the event is in (default: all of them)
  --json                the explanation as JSON on stdout; with --start one event a line
  --start               start the pipeline as the event would, and wait for its end
  --commit ID           with --start: the commit of the event (default: that of the branch or tag in the bound repository)

With --start also: --source, --bind, --approve, --approve-all, --trust, --quiet, --slots, --data-dir, as for penstock run.

Ends with 0 when it matches, 1 when not, 2 for usage or an invalid file; with --start as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 1, max: 1 });
    const event = eventOf(values);
    const { parsed, problems } = await readPipelineFile(positionals[0]!, io.cwd);
    const { pipeline } = parsed;
    if (!pipeline) {
      for (const found of problems) io.err(problemText(found));
      return EXIT.usage;
    }
    const of = values.action.length > 0 ? values.action.map((name) => placeOf(pipeline, name)) : undefined;
    const explanation = matchTriggers(pipeline, event, of ? { of } : {});
    if (!values.json) io.out(explanationText(explanation));
    else if (!values.start || !explanation.isMatched) io.out(`${JSON.stringify(explanation)}\n`);
    if (!explanation.isMatched) return EXIT.failed;
    if (!values.start) return EXIT.succeeded;
    return runFile(positionals[0]!, values, io, async ({ bindings, folder, scratch }) => {
      const sources = boundSources(pipeline, bindings, folder);
      const { commitOf } = createGitFacts(() => {
        const path = join(scratch, 'scratch');
        mkdirSync(path, { recursive: true, mode: 0o700 });
        return path;
      });
      return { variables: {}, ...(await startOfEvent({ pipeline, event, of, sources, commitOf })) };
    });
  },
};

function eventOf(values: {
  push?: string | undefined;
  tag?: string | undefined;
  pr?: string | undefined;
  event?: string | undefined;
  number?: string | undefined;
  title?: string | undefined;
  changed: string[];
  new?: boolean | undefined;
  commit?: string | undefined;
}): GitEvent {
  const { push, tag, pr, event, changed, commit } = values;
  const kinds = [push, tag, pr].filter((given) => given !== undefined);
  if (kinds.length !== 1) throw new UsageError('Give one of --push BRANCH, --tag TAG and --pr FROM:INTO.');
  if (pr === undefined && [event, values.number, values.title].some((given) => given !== undefined))
    throw new UsageError('--event, --number and --title go with --pr.');
  if (values.new && push === undefined) throw new UsageError('--new goes with --push.');
  if (changed.length > 0 && tag !== undefined) throw new UsageError('--changed goes with --push and --pr.');
  const more = { changedFiles: changed, ...(commit !== undefined && { commitId: commit }) };
  const [sourceBranch = '', destinationBranch, ...rest] = pr?.split(':') ?? [];
  if (pr !== undefined && (destinationBranch === undefined || rest.length > 0))
    throw new UsageError(`--pr wants FROM:INTO, not "${pr}".`);
  const read = gitEventSchema.safeParse(
    push !== undefined
      ? { kind: 'push', branch: push.replace(/^refs\/heads\//, ''), isNew: values.new ?? false, ...more }
      : tag !== undefined
        ? { kind: 'tag', tag: tag.replace(/^refs\/tags\//, ''), ...more }
        : {
            kind: 'pullRequest',
            event: event ?? 'OPEN',
            sourceBranch,
            destinationBranch,
            pullRequestId: values.number,
            title: values.title,
            ...more,
          },
  );
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(WORDS[String(issue?.path[0])] ?? `The event is not one: ${issue?.message}.`);
}

const WORDS: Readonly<Record<string, string>> = {
  event: '--event wants OPEN, UPDATED or CLOSED.',
  commitId: '--commit wants a whole commit id, 40 letters a-f and digits.',
  changedFiles: '--changed wants a path of 1 to 4096 characters.',
};

function placeOf(pipeline: PipelineDeclaration, name: string): string {
  const found = pipeline.stages
    .flatMap((stage) => stage.actions.map((action) => ({ where: actionKey(stage.name, action.name), action })))
    .find(({ where, action }) => action.actionTypeId.category === 'Source' && [where, action.name].includes(name));
  if (found) return found.where;
  throw new ProblemError({
    code: 'trigger.unknown-action',
    where: '',
    what: `The pipeline has no source action "${name}".`,
    fix: 'Name one of its first stage.',
  });
}

function explanationText({ summary, sources, notes }: TriggerExplanation): string {
  const lines = [summary];
  for (const { where, why, filters } of sources) {
    lines.push('', `${where}: ${why}`);
    for (const filter of filters) {
      lines.push(`  ${filter.isMatched ? 'matches' : 'no     '}  ${filterName(filter)}  (${filter.field})`);
      for (const reason of filter.why) lines.push(`           ${reason}`);
    }
  }
  for (const note of notes) lines.push('', `Note: ${note}`);
  return `${lines.join('\n')}\n`;
}
