import { z } from 'zod';

/** What a person was told of in time. */
const noticeSchema = z.object({
  id: z.string(),
  what: z.enum([
    'ends-48h',
    'ends-24h',
    'ends-2h',
    'ends-30min',
    'shortened',
    'idle',
    'stacking',
    'health',
    'ended',
    'closes-24h',
    'closes-2h',
  ]),
  /** in the language that was asked for */
  title: z.string(),
  lines: z.array(z.string()),
  /** where more is to be seen */
  path: z.string(),
  at: z.string(),
  seen: z.boolean(),
  /** on which ways it went out beside the screen; `unsure`: nobody knows whether it arrived, and it is not sent again */
  ways: z.array(z.object({ way: z.enum(['mail', 'webhook']), state: z.enum(['due', 'sending', 'sent', 'unsure', 'failed']) })),
});

const language = z.enum(['en', 'es']);
/** GET /notices */
export const noticesQuerySchema = z.object({ language: language.default('en') });
export const noticesSchema = z.object({ items: z.array(noticeSchema), unseen: z.number() });
export type NoticesView = z.infer<typeof noticesSchema>;

/** How a person is told. */
export const notificationsSchema = z.object({
  /** `possible`: there is a mail server, and their address is known */
  mail: z.object({ on: z.boolean(), possible: z.boolean(), address: z.string().nullable() }),
  webhook: z.object({ url: z.string().nullable(), possible: z.boolean() }),
  language,
  /** since when there is a calendar that other programs can read; null: there is none */
  feedMadeAt: z.string().nullable(),
});
export type NotificationsView = z.infer<typeof notificationsSchema>;

/** PATCH /notifications: what is left out stays. */
export const patchNotificationsSchema = z.strictObject({
  mail: z.boolean().optional(),
  language: language.optional(),
  /** null takes it away */
  webhookUrl: z.string().min(1).max(2000).nullable().optional(),
});
/** `webhookSecret`: of a webhook that was just set, and never shown again */
export const changedNotificationsSchema = notificationsSchema.extend({ webhookSecret: z.string().nullable() });
export type ChangedNotifications = z.infer<typeof changedNotificationsSchema>;

/** POST /notifications/feed: the address has a token in it, and is shown this once. */
export const madeFeedSchema = z.object({ url: z.string() });
export type MadeFeed = z.infer<typeof madeFeedSchema>;

/** GET /leases.ics */
export const feedQuerySchema = z.object({ token: z.string().max(200) });
