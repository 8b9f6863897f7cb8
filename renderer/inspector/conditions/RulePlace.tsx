import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import { regionNames } from '../../../shared/model/regionNames.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { RuleType } from '../../../shared/providers/provider.ts';
import { strings } from '../../strings/strings.ts';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { setActionField } from '../edits/actionEdits.ts';
import { EXAMPLES } from '../examples.ts';
import { integerOf } from '../fieldState.ts';
import inspector from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';

const words = strings.inspector.action;

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
      <summary>{strings.inspector.stage.rulePlace}</summary>
      <FormRow
        label={words.timeout}
        optional
        help={type?.timeoutMinutes === undefined ? undefined : words.timeoutHelp(type.timeoutMinutes)}
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
                  ? { refused: words.timeoutFault }
                  : setActionField(rule, path, 'timeoutInMinutes', value),
              );
            }}
          />
        )}
      </FormRow>
      <FormRow label={words.region} optional help={words.regionHelp} problems={at('region')}>
        {(ids) => (
          <TextControl
            ids={ids}
            suggestions={regionNames}
            value={rule.region ?? ''}
            placeholder={EXAMPLES.region}
            onCommit={(text) => apply(setActionField(rule, path, 'region', text.trim()))}
          />
        )}
      </FormRow>
      <FormRow label={words.roleArn} optional help={words.roleArnHelp} problems={at('roleArn')}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={rule.roleArn ?? ''}
            placeholder={EXAMPLES.roleArn}
            onCommit={(text) => apply(setActionField(rule, path, 'roleArn', text.trim()))}
          />
        )}
      </FormRow>
    </details>
  );
}
