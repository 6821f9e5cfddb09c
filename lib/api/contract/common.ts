import { z } from 'zod';

/** What is said, by the key of its sentence and what the sentence needs, for who says it in another language. */
export const remarkSchema = z.object({ key: z.string(), params: z.record(z.string(), z.string()) });

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  cause: z.string().optional(),
  remedy: z.string().optional(),
  requestId: z.string(),
  upstream: z
    .object({ service: z.string(), status: z.number().optional(), message: z.string(), requestId: z.string().optional() })
    .optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string(), remark: remarkSchema.optional() })).optional(),
  /** what could be asked for instead: of a lease, `alternativeSchema` of leases.ts */
  alternatives: z.array(z.record(z.string(), z.unknown())).optional(),
  /** title, detail, cause and remedy by the keys of their sentences, where they have some */
  remarks: z.object({ title: remarkSchema, detail: remarkSchema, cause: remarkSchema, remedy: remarkSchema }).partial().optional(),
});
/** RFC 9457 problem+json, as every error of the API. */
export type ProblemDocument = z.infer<typeof problemSchema>;

/** A problem inside an answer: of a resource, a node, a site. */
export const innerProblemSchema = problemSchema.omit({ type: true, status: true, requestId: true });
export type InnerProblem = z.infer<typeof innerProblemSchema>;

export const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
export interface List<T> {
  items: T[];
  next: string | null;
}
