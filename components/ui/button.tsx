import { LoaderCircle } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { useLive } from './state/use-live';

const base =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium whitespace-nowrap transition-colors select-none [&_svg]:size-4 [&_svg]:shrink-0';
const looks = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover',
  secondary: 'border border-line bg-surface text-ink shadow-card hover:bg-hover',
  ghost: 'text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border border-bad/40 bg-surface text-bad hover:bg-bad-soft',
} as const;

export type ButtonLook = keyof typeof looks;

/** Class names of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'secondary', className?: string): string {
  return cn(base, looks[look], className);
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
  /** its work is under way: it turns, and takes no second press */
  busy?: boolean;
  /** why it cannot be pressed; shown beside it and read with it */
  blocked?: ReactNode;
}

/** A button. One that cannot be pressed stays reachable by keyboard and says why. */
export function Button({ look = 'secondary', busy = false, blocked, className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  const reasonId = useId();
  const idle = !busy && !blocked;
  // sent by the browser itself, a form would put what was typed into the address of the page
  const live = useLive();
  const button = (
    <button
      {...rest}
      type={idle && live ? type : 'button'}
      aria-disabled={!idle || undefined}
      aria-busy={busy || undefined}
      aria-describedby={blocked ? reasonId : rest['aria-describedby']}
      onClick={idle ? onClick : undefined}
      className={buttonClass(look, cn(blocked && 'cursor-not-allowed border border-line bg-sunken text-ink-3 hover:bg-sunken', className))}
    >
      {busy && <LoaderCircle aria-hidden className="animate-turn" />}
      {children}
    </button>
  );
  if (!blocked) return button;
  return (
    <span className="inline-flex max-w-full flex-col gap-1.5 has-[>.w-full]:w-full">
      {button}
      <span id={reasonId} className="text-xs text-ink-2">
        {blocked}
      </span>
    </span>
  );
}
