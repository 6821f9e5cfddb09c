import type { ComponentProps } from 'react';

/** An image as it is. Next's own would make it anew for every screen, which a picture of somebody's, or a file as small as it gets, does not need. */
export function PlainImage({ alt, ...props }: ComponentProps<'img'> & { alt: string }) {
  // biome-ignore lint/performance/noImgElement: see above
  return <img alt={alt} {...props} />;
}
