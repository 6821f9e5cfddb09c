import type { Limit } from '@/lib/core/tries';

/** What signs in at a site for somebody, or asks it for something, is counted together. */
export const signingIn: Limit = { name: 'credentials', most: 60, seconds: 600 };
