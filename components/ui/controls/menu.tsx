'use client';

import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { cn } from '../cn';

/** Class names of a line of a menu: a link or a button with the role of a menu item. */
export const menuItem =
  'flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-left text-sm text-ink -outline-offset-2 hover:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-2';

/** what stays free between a menu and the screen's edge, in pixels */
const edge = 8;

interface MenuProps {
  /** what the button says to those who do not see its icon */
  label: string;
  icon: ReactNode;
  buttonClass: string;
  panelClass?: string;
  /** above the items */
  head?: ReactNode;
  /** elements with the roles of menu items */
  children: (close: () => void) => ReactNode;
}

/** A button with a menu below it: arrow keys move, Escape and a press outside close. */
export function Menu({ label, icon, buttonClass, panelClass, head, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // it hangs on the button's right end, and moves as far as it must to be all on the screen
  useLayoutEffect(() => {
    if (!open || !panel.current) return;
    panel.current.style.translate = 'none';
    panel.current.style.translate = `${Math.max(0, edge - panel.current.getBoundingClientRect().left)}px`;
  }, [open]);
  useEffect(() => {
    if (!open) return;
    items(list.current)[0]?.focus();
    const onOutside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onOutside);
    document.addEventListener('focusin', onOutside);
    return () => {
      document.removeEventListener('pointerdown', onOutside);
      document.removeEventListener('focusin', onOutside);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={box} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className={buttonClass}
      >
        {icon}
        <span className="sr-only">{label}</span>
      </button>
      <div
        ref={panel}
        hidden={!open}
        className={cn('absolute top-full right-0 z-50 mt-1.5 w-64 rounded-xl border border-line bg-surface p-1.5 shadow-pop', panelClass)}
      >
        {open && head}
        <div ref={list} id={id} role="menu" aria-label={label} tabIndex={-1} onKeyDown={(event) => onMenuKey(event, list.current, close)}>
          {open && children(close)}
        </div>
      </div>
    </div>
  );
}

/** A thin line between items. */
export function MenuRule() {
  return <hr className="my-1.5 border-0 border-t border-line" />;
}

/** One of several that exclude each other. */
export function MenuChoice({ checked, children, ...rest }: ComponentProps<'button'> & { checked: boolean }) {
  return (
    <button {...rest} type="button" role="menuitemradio" aria-checked={checked} className={menuItem}>
      <span className="grid size-4 place-items-center rounded-full border border-line-strong">
        {checked && <span className="size-2 rounded-full bg-accent" />}
      </span>
      {children}
    </button>
  );
}

function items(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

// The keys of a menu, after the WAI-ARIA practices: arrows go round, Home and End to the ends.
function onMenuKey(event: KeyboardEvent, list: HTMLElement | null, close: () => void): void {
  const stops = items(list);
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  } else if (to !== undefined) {
    event.preventDefault();
    stops.at(to % stops.length)?.focus();
  }
}
