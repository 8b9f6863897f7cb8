import { nextOpening } from '../../shared/cron/nextOpening.ts';
import { CronFault, parseCron } from '../../shared/cron/parseCron.ts';
import { TimeZoneFault, timeZone } from '../../shared/cron/timeZone.ts';
import { locale, strings } from '../strings/strings.ts';

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** When the window of a DeploymentWindow rule opens next, in local time; '' for other rules and for windows that cannot be read. */
export function openingText(
  provider: string,
  configuration: Readonly<Record<string, string>>,
  now: number | undefined,
): string {
  const { Cron = '', TimeZone = 'UTC' } = configuration;
  if (provider !== 'DeploymentWindow' || now === undefined || Cron.includes('#{')) return '';
  try {
    const opening = nextOpening(parseCron(Cron), timeZone(TimeZone), now);
    if (opening === undefined) return strings.conditions.opening.never;
    return opening <= now ? strings.conditions.opening.now : strings.conditions.opening.next(when.format(opening));
  } catch (error) {
    if (error instanceof CronFault || error instanceof TimeZoneFault) return '';
    throw error;
  }
}
