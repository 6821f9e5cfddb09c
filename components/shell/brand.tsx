/** Two shores and the way between them. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" className="stroke-accent-ink" strokeWidth="2" strokeLinecap="round">
        <path d="M6.5 6.5c3 2.8 3.4 5.4 2.3 9.2-1 3.5-.6 6.8 1.7 9.8" />
        <path d="M25.5 6.5c-3.4 2.3-4.2 5.2-2.8 9 1.2 3.4.6 7-1.7 10" />
        <path d="M10.8 15.6c3-4.2 7.4-4.2 10.4 0" strokeDasharray="0.1 3.4" strokeWidth="2.2" />
      </g>
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
