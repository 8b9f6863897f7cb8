/** The mark: a gate, lifted, over a pipe. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M3,17V2.5M17,17V2.5M1.5,2.5h17" stroke="var(--brand)" strokeWidth="2" strokeLinecap="round" />
      <rect x="5.5" y="4.5" width="9" height="6" rx="1.2" fill="var(--brand)" />
      <path d="M5,14.5h10" stroke="var(--brand)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
