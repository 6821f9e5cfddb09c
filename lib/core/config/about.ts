import { z } from 'zod';
import { url } from './vault';

/** What the first page says of who runs this Transat, and where people read on. */
export const aboutSchema = z.strictObject({
  /** who runs it, as people call them */
  operator: z.string().trim().min(1).max(120),
  /** a page of theirs */
  operatorUrl: url.optional(),
  /** where people ask for help: an address of the web or of e-mail */
  contact: z.union([z.email(), url]).optional(),
  /** the guide for its users */
  docs: url.optional(),
  /** where its source is */
  source: url.optional(),
});

export type About = z.infer<typeof aboutSchema>;
