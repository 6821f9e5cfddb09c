import type { ComponentProps } from 'react';

/** What scrolls by itself, and so must be reached by keyboard. */
export function ScrollBox(props: ComponentProps<'div'>) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: not every browser lets keyboards into what scrolls
  return <div {...props} tabIndex={0} />;
}
