import { useEffect, useState } from 'react';
import { useLive } from './use-live';

type Control = HTMLInputElement | HTMLTextAreaElement;

const controlOf = (id: string | undefined) => (id === undefined ? null : (document.getElementById(id) as Control | null));

/**
 * What was typed into a control of the server's page before it listened is typed once more as soon as it does: forms set their controls to what they
 * know when they come to life, and that was lost.
 */
export function useTypedEarly(id: string | undefined): void {
  const live = useLive();
  const [early] = useState(() => (!live && typeof document !== 'undefined' ? controlOf(id)?.value : undefined));
  useEffect(() => {
    const control = controlOf(id);
    if (control && early !== undefined && early !== control.defaultValue) type(control, early);
  }, [id, early]);
}

/** As if a person did: React passes over what it believes to be there already. */
function type(control: Control, text: string): void {
  control.value = control.defaultValue;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, text);
  control.dispatchEvent(new Event('input', { bubbles: true }));
}
