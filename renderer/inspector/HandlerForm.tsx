import type { Binding } from '../../shared/model/sidecar.ts';
import { strings } from '../strings/strings.ts';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { PathControl } from './controls/PathControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { EXAMPLES } from './examples.ts';

type Handler = Extract<Binding, { kind: 'handler' }>;

interface HandlerFormProps {
  handler: Handler | undefined;
  onChange: (binding: Binding | undefined) => void;
}

/** The file that stands for a Lambda function. */
export function HandlerForm({ handler, onChange }: HandlerFormProps) {
  return (
    <>
      <FormRow label={strings.inspector.local.handler} help={strings.inspector.local.handlerHelp}>
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
          <FormRow label={strings.inspector.local.handlerName} optional>
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                placeholder={EXAMPLES.handler}
                value={handler.handler ?? ''}
                onCommit={(name) => onChange({ ...handler, handler: name || undefined })}
              />
            )}
          </FormRow>
          <FormRow label={strings.inspector.local.handlerEnvironment} optional group>
            {() => (
              <PairsControl
                itemLabel={strings.inspector.controls.variable}
                keyPlaceholder={strings.inspector.local.addVariable}
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
