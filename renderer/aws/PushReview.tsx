import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Problem } from '../../shared/problem.ts';
import type { client } from '../bridge.ts';
import { compareActive } from '../compare/compareStore.ts';
import { closeDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import styles from './aws.module.css';
import { DiffView } from './DiffView.tsx';
import { PushPicks } from './PushPicks.tsx';
import { fullNameOf, type PushChoice } from './pushChoice.ts';

export type Prepared = Awaited<ReturnType<typeof client.preparePush>>;

interface PushReviewProps {
  push: Prepared;
  choice: PushChoice;
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  /** What would be pushed, and what is wrong with it. */
  text: string;
  errors: readonly Problem[];
  typed: string;
  onType: (typed: string) => void;
}

/** Where a push goes, what AWS will do, and what it changes. */
export function PushReview({ push, choice, picked, onPick, text, errors, typed, onType }: PushReviewProps) {
  const texts = strings.aws.push;
  const { facts } = texts;
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: facts.pipeline, value: push.pipelineName },
          { label: facts.account, value: push.account || texts.notKnown },
          { label: facts.region, value: push.region },
          { label: facts.profile, value: push.profile || texts.defaultChain },
          { label: facts.endpoint, value: push.endpoint || 'AWS' },
          { label: facts.effect, value: push.exists ? texts.updates(push.liveVersion) : texts.creates },
        ]}
      />
      {push.warnings.map((warning) => (
        <Alert
          key={warning.code + warning.what}
          type={warning.severity === 'error' ? 'error' : 'warning'}
          header={strings.messages.text(warning.what)}
        >
          {strings.messages.text(warning.fix)}
        </Alert>
      ))}
      {push.isOtherAccount && (
        <FormField label={texts.typeAccount(push.account)}>
          <Input
            value={typed}
            inputMode="numeric"
            autoComplete={false}
            placeholder={push.account}
            onChange={({ detail }) => onType(detail.value.trim())}
          />
        </FormField>
      )}
      {choice.changes.length > 0 && <PushPicks changes={choice.changes} picked={picked} onChange={onPick} />}
      <div aria-live="polite">
        {errors.length > 0 && (
          <Alert type="error" header={texts.invalidAlone}>
            {errors.slice(0, 3).map(({ where, what }) => (
              <p key={where + what} className={styles.fault}>
                {where && `${where}: `}
                {what}
              </p>
            ))}
            {texts.invalidFix}
          </Alert>
        )}
        {notPushed(choice, picked) && <p className={styles.quiet}>{notPushed(choice, picked)}</p>}
      </div>
      <div>
        <div className={styles.diffHead}>
          <h3 className={styles.subheading}>{push.exists ? texts.fromLive : texts.created}</h3>
          {push.exists && (
            <Button
              onClick={() => {
                closeDialog();
                compareActive({ live: push.pipelineName });
              }}
            >
              {texts.onCanvas}
            </Button>
          )}
        </div>
        <DiffView before={push.live} after={text} label={texts.difference} />
      </div>
    </SpaceBetween>
  );
}

/** Names what was not picked; '' when all was. */
export function notPushed({ changes }: PushChoice, picked: ReadonlySet<string>): string {
  const left = changes.filter(({ id }) => !picked.has(id)).map(fullNameOf);
  return left.length === 0 ? '' : strings.aws.push.notPushed(left.join(', '));
}
