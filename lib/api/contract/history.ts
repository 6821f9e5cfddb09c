import { z } from 'zod';

export const eventSchema = z.object({
  id: z.number(),
  at: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  stage: z.enum(['plan', 'resource', 'node', 'step', 'deployment', 'person']),
  subject: z.string().nullable(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type DeploymentEvent = z.infer<typeof eventSchema>;

export const logLineSchema = z.object({ id: z.number(), node: z.string(), step: z.string(), at: z.string(), text: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;

/** The end of a console; `cut`: what comes before that is left out */
export const consoleSchema = z.object({ text: z.string(), cut: z.boolean() });
export type ConsoleView = z.infer<typeof consoleSchema>;

/** POST /deployments/{id}/remote-console */
export const remoteConsoleBodySchema = z.strictObject({
  /** key of a node */
  node: z.string().max(100),
});
/** Where the screen of a machine is to be seen for some minutes, by whoever has this. */
export const remoteConsoleSchema = z.object({ url: z.string() });
export type RemoteConsoleView = z.infer<typeof remoteConsoleSchema>;
