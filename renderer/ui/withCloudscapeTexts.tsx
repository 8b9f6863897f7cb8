import type { ComponentType } from 'react';
import { language } from '../strings/strings.ts';

/**
 * For `lazy`: a part of the window that uses Cloudscape's components, with what those say by themselves ("Close", "required") in
 * the language of the window. The texts are loaded with the part, so the window starts without them.
 */
export async function withCloudscapeTexts<Props extends object>(
  load: Promise<ComponentType<Props>>,
): Promise<{ default: ComponentType<Props> }> {
  const [Part, { I18nProvider }, { default: messages }] = await Promise.all([
    load,
    import('@cloudscape-design/components/i18n'),
    language === 'de'
      ? import('@cloudscape-design/components/i18n/messages/all.de')
      : import('@cloudscape-design/components/i18n/messages/all.en'),
  ]);
  const Speaking = (props: Props) => (
    <I18nProvider locale={language} messages={[messages]}>
      <Part {...props} />
    </I18nProvider>
  );
  return { default: Speaking };
}
