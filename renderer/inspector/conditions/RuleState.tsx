import { useMemo } from 'react';
import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import { AlarmSwitch } from '../../conditions/AlarmSwitch.tsx';
import { openingText } from '../../conditions/openingText.ts';
import styles from './ConditionsForm.module.css';

/** How the outside world stands that a rule looks at: the window's next opening, the alarm's state on this machine. */
export function RuleState({ rule }: { rule: RuleDeclaration }) {
  const { provider } = rule.ruleTypeId;
  const { configuration } = rule;
  const opening = useMemo(() => openingText(provider, configuration ?? {}, Date.now()), [provider, configuration]);
  const alarmName = provider === 'CloudWatchAlarm' ? (configuration?.AlarmName ?? '') : '';
  return (
    <>
      {opening !== '' && <p className={styles.state}>{opening}</p>}
      {alarmName !== '' && !alarmName.includes('#{') && <AlarmSwitch key={alarmName} alarmName={alarmName} />}
    </>
  );
}
