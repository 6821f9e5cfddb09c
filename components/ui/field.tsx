import { CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { useTypedEarly } from './state/use-typed-early';

/** Class names of what one types into. */
export const control =
  'w-full min-h-9 rounded-lg border border-line-strong bg-surface px-3 py-1.5 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  useTypedEarly(rest.id);
  return <input {...rest} className={cn(control, className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  useTypedEarly(rest.id);
  return <textarea {...rest} className={cn(control, 'min-h-24 font-mono text-xs leading-5', className)} />;
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={cn(control, 'pr-8', className)} />;
}

interface FieldProps {
  /** id of the control inside; help and error hang on `<id>-help` and `<id>-error` */
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  /** a word beside the label: optional, made for you … */
  mark?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A control with its label, help and what is wrong with it. */
export function Field({ id, label, help, error, mark, className, children }: FieldProps) {
  return (
    <div className={cn('min-w-0', className)}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
        </label>
        {mark && <span className="text-xs text-ink-3">{mark}</span>}
      </div>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-xs font-medium text-bad">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="mt-1.5 text-xs text-ink-3">
          {help}
        </p>
      )}
    </div>
  );
}

/** What a control says about itself to assistive technology, for a {@link Field} of the same id. */
export function describedBy(id: string, help: unknown, error: unknown) {
  return {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ') || undefined,
  };
}
