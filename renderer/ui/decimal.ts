import { locale } from '../strings/strings.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number with so many digits behind the point, as the language of the window writes it. Formats are kept: making one is dear. */
export function decimal(value: number, digits = 0): string {
  const key = `${locale} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format.format(value);
}
