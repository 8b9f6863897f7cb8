import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import { regionNames } from '../../../shared/model/regionNames.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { RuleType } from '../../../shared/providers/provider.ts';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { setActionField } from '../edits/actionEdits.ts';
import { integerOf } from '../fieldState.ts';
import inspector from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';

interface RulePlaceProps {
  inspected: Inspected;
  rule: RuleDeclaration;
  path: (string | number)[];
  type: RuleType | undefined;
  at: (field: string) => Problem[];
}

/** How long, where and as whom a rule runs: fields that every type of rule has, and few rules need. */
export function RulePlace({ inspected, rule, path, type, at }: RulePlaceProps) {
  const { apply } = inspected;
  const isOpen = ['timeoutInMinutes', 'region', 'roleArn'].some((field) => at(field).length > 0);
  return (
    <details className={inspector.fold} open={isOpen}>
      <summary>Timeout, region, role</summary>
      <FormRow
        label="Timeout in minutes"
        optional
        help={type?.timeoutMinutes === undefined ? undefined : `Absent: ${type.timeoutMinutes} minutes.`}
        problems={at('timeoutInMinutes')}
      >
        {(ids) => (
          <TextControl
            ids={ids}
            inputMode="numeric"
            value={rule.timeoutInMinutes === undefined ? '' : String(rule.timeoutInMinutes)}
            onCommit={(text) => {
              const value = integerOf(text);
              apply(
                text.trim() !== '' && value === undefined
                  ? { refused: 'A timeout is a whole number of minutes.' }
                  : setActionField(rule, path, 'timeoutInMinutes', value),
              );
            }}
          />
        )}
      </FormRow>
      <FormRow label="Region" optional help="Absent: the region of the pipeline." problems={at('region')}>
        {(ids) => (
          <TextControl
            ids={ids}
            suggestions={regionNames}
            value={rule.region ?? ''}
            placeholder="eu-west-1"
            onCommit={(text) => apply(setActionField(rule, path, 'region', text.trim()))}
          />
        )}
      </FormRow>
      <FormRow label="Role ARN" optional help="Absent: the service role of the pipeline." problems={at('roleArn')}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={rule.roleArn ?? ''}
            placeholder="arn:aws:iam::111122223333:role/check"
            onCommit={(text) => apply(setActionField(rule, path, 'roleArn', text.trim()))}
          />
        )}
      </FormRow>
    </details>
  );
}
