import { z } from 'zod';

export const bucketSchema = z.object({
  name: z.string(),
  /** empty: the release does not tell */
  visibility: z.string(),
  owner: z.string(),
  allowedUsers: z.array(z.string()),
  /** the service that it came with */
  service: z.string().nullable(),
});
export type BucketView = z.infer<typeof bucketSchema>;

export const newBucketSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'Use 3 to 63 small letters, digits, dots and dashes'),
  visibility: z.enum(['private', 'public']).default('private'),
});

export const filesSchema = z.object({
  items: z.array(z.object({ key: z.string(), bytes: z.number(), modifiedAt: z.string().nullable(), etag: z.string() })),
  /** what stands for all files of a folder */
  folders: z.array(z.string()),
  next: z.string().nullable(),
});
export type FilesView = z.infer<typeof filesSchema>;

const key = z.string().min(1).max(1024);
export const filesQuerySchema = z.object({ folder: z.string().max(1024).default(''), cursor: z.string().max(2000).optional() });
export const fileQuerySchema = z.object({
  key,
  /** `preview`: an image to be shown, or the beginning of a text; `download`: all of it, to be kept */
  as: z.enum(['preview', 'download']).default('download'),
});
export const oneFileQuerySchema = z.object({ key });
const upload = z.string().min(1).max(1000);
const bytes = z
  .number()
  .int()
  .min(1)
  .max(1024 ** 4);
export const beginUploadSchema = z.strictObject({
  /** of all of the file */
  bytes,
  /** of its content, such as image/png */
  type: z.string().max(200).optional(),
  /** of one that was cut off, and is to be gone on with */
  upload: upload.optional(),
});
export const largeUploadSchema = z.object({
  /** another one where the storage knew nothing of that which was to be gone on with */
  upload: z.string(),
  /** how many parts the file has */
  parts: z.number(),
  /** the parts that have not arrived, with which bytes each has; the end is not one of them */
  missing: z.array(z.object({ number: z.number(), start: z.number(), end: z.number() })),
});
export type LargeUploadView = z.infer<typeof largeUploadSchema>;
export const partQuerySchema = z.object({
  key,
  upload,
  part: z.coerce.number().int().min(1).max(10_000),
  /** of all of the file */
  bytes: z.coerce.number().pipe(bytes),
});
export const uploadQuerySchema = z.object({ key, upload });
export const endUploadSchema = z.strictObject({ bytes });
export const writtenSchema = z.object({ key: z.string(), bytes: z.number(), etag: z.string() });
