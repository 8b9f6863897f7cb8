import type { Binding } from '../../shared/model/sidecar.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { TextControl } from './controls/TextControl.tsx';

type Handler = Extract<Binding, { kind: 'handler' }>;

interface HandlerFormProps {
  handler: Handler | undefined;
  onChange: (binding: Binding | undefined) => void;
}

/** The file that stands for a Lambda function. */
export function HandlerForm({ handler, onChange }: HandlerFormProps) {
  return (
    <>
      <FormRow
        label="Handler file"
        help="JavaScript (.mjs, .cjs, .js) or Python. Relative paths start at the pipeline file."
      >
        {(ids) => (
          <PathControl
            ids={ids}
            purpose="file"
            value={handler?.path ?? ''}
            onCommit={(path) => onChange(path === '' ? undefined : { ...handler, kind: 'handler', path })}
          />
        )}
      </FormRow>
      {handler && (
        <>
          <FormRow label="Function in the file" optional>
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                placeholder="handler"
                value={handler.handler ?? ''}
                onCommit={(name) => onChange({ ...handler, handler: name || undefined })}
              />
            )}
          </FormRow>
          <FormRow label="Environment of the function" optional group>
            {() => (
              <PairsControl
                itemLabel="Variable"
                keyPlaceholder="Add variable"
                pairs={Object.entries(handler.environment ?? {})}
                onChange={(pairs) =>
                  onChange({ ...handler, environment: pairs.length ? Object.fromEntries(pairs) : undefined })
                }
              />
            )}
          </FormRow>
        </>
      )}
    </>
  );
}
