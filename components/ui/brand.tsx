/** A T whose bar is the way from one shore to the other. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path d="M7 12.6Q16 7.4 25 12.6M16 10v14.5" fill="none" className="stroke-accent-ink" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="7" cy="12.6" r="2.7" className="fill-accent-ink" />
      <circle cx="25" cy="12.6" r="2.7" className="fill-accent-ink" />
    </svg>
  );
}

/** The mark with the name. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark className="size-7" />
      <span className="text-[1.0625rem] font-semibold tracking-[-0.03em] text-ink">Transat</span>
    </span>
  );
}
