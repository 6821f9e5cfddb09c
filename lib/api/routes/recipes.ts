import { resolve } from 'node:path';
import { z } from 'zod';
import { recipeLanguages } from '@/lib/catalog/languages/translations';
import { runTrial } from '@/lib/proposing/trial/run-trial';
import { listOf, listQuerySchema } from '../contract/common';
import type { RecipeList, TrialView } from '../contract/recipes';
import { pageOf } from '../http/paging';
import { route } from '../http/route';

const summarySchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  kind: z.enum(['recipe', 'add-on']),
  extends: z.array(z.string()),
  icon: z.string(),
});
const brokenSchema = z.object({ id: z.string(), path: z.string(), line: z.number(), column: z.number(), message: z.string() });
/** A question of the form; which other fields it has depends on its type and widget. */
const inputSchema = z.object({ name: z.string(), type: z.string(), label: z.string() });
const groupSchema = z.object({
  name: z.string(),
  label: z.string(),
  role: z.enum(['front-end', 'worker', 'node']),
  countInput: z.string().optional(),
  count: z.number(),
  minVcpus: z.number(),
  minRamMiB: z.number(),
  minDiskGiB: z.number(),
  publicAddress: z.boolean(),
  placementSet: z.string(),
  supportedImages: z.array(z.object({ distro: z.string(), version: z.string() })),
});
const outputSchema = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string().optional(),
  kind: z.enum(['text', 'url', 'command', 'file', 'date']),
  secret: z.boolean(),
});
const downloadSchema = z.object({
  url: z.string(),
  version: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  kind: z.enum(['file', 'image']),
  unpinned: z.string().optional(),
});
const detailSchema = summarySchema.extend({
  description: z.string(),
  readme: z.string(),
  readmeLanguage: z.enum(['en', 'es']),
  tabs: z.array(z.string()),
  inputs: z.array(inputSchema),
  groups: z.array(groupSchema),
  sets: z.array(z.object({ name: z.string(), label: z.string(), groups: z.array(z.string()), apart: z.boolean() })),
  outputs: z.array(outputSchema),
  downloads: z.array(downloadSchema),
});
const querySchema = listQuerySchema.extend({
  q: z.string().max(100).optional(),
  tag: z.string().max(100).optional(),
  kind: z.enum(['recipe', 'add-on']).optional(),
});
const oneSchema = z.object({
  language: z.enum(['en', ...recipeLanguages]).default('en'),
  addOns: z
    .string()
    .max(1000)
    .default('')
    .transform((text) => text.split(',').filter(Boolean)),
});

const noteSchema = z.object({ path: z.string(), line: z.number(), column: z.number(), message: z.string() });
const trialSchema = z.object({
  recipe: detailSchema.extend({ notes: z.array(noteSchema) }).nullable(),
  plan: z
    .object({
      totals: z.object({ nodes: z.number(), vcpus: z.number(), ramMiB: z.number() }),
      nodes: z.array(
        z.object({ hostname: z.string(), group: z.string(), steps: z.array(z.object({ name: z.string(), title: z.string() })) }),
      ),
      resources: z.array(z.object({ kind: z.string(), summary: z.string() })),
      ports: z.array(z.object({ group: z.string(), protocol: z.string(), ports: z.string(), from: z.string(), why: z.string() })),
      problems: z.array(z.object({ field: z.string().optional(), detail: z.string(), remedy: z.string().optional() })),
    })
    .nullable(),
  problems: z.array(noteSchema),
  unread: z.array(z.string()),
});
/** As much as a file of the catalogue may hold. */
const templateSchema = z
  .string()
  .min(1)
  .max(256 * 1024);
const triedSchema = z.union([
  z.strictObject({ text: templateSchema }),
  /** of a template of which the catalogue holds a copy: nothing is fetched */
  z.strictObject({ url: z.url().max(2000) }),
]);

/** The catalogue, readable without signing in. */
export const recipeRoutes = [
  route(
    {
      method: 'GET',
      path: '/recipes',
      access: 'anyone',
      summary: 'Recipes and add-ons; those that do not parse are listed apart',
      query: querySchema,
      answers: { 200: listOf(summarySchema).extend({ broken: z.array(brokenSchema) }) },
    },
    async ({ query, services: { catalog } }) => {
      const q = query.q?.toLowerCase();
      const found = catalog
        .list()
        .filter(
          (recipe) =>
            (!q || [recipe.id, recipe.name, recipe.summary, ...recipe.tags].some((text) => text.toLowerCase().includes(q))) &&
            (!query.tag || recipe.tags.includes(query.tag)) &&
            (!query.kind || recipe.kind === query.kind),
        );
      const body: RecipeList = { ...pageOf(found, query), broken: catalog.broken() };
      return { body };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/recipes/{id}',
      access: 'anyone',
      summary: 'A recipe composed with add-ons: form, groups, outputs, downloads',
      query: oneSchema,
      answers: { 200: detailSchema },
    },
    async ({ params, query: { addOns, language }, services: { catalog } }) => ({
      body: catalog.detail(params.id, addOns, language === 'en' ? undefined : language),
    }),
  ),
  route(
    {
      method: 'GET',
      path: '/recipe-texts',
      access: 'anyone',
      summary: 'What recipes say in another language, by their English: names, labels, titles and help, for whoever shows them',
      query: z.object({ language: z.enum(recipeLanguages).default('es') }),
      answers: { 200: z.object({ texts: z.record(z.string(), z.string()) }) },
    },
    async ({ query, services: { catalog } }) => ({ body: { texts: catalog.texts(query.language) } }),
  ),
  route(
    {
      method: 'POST',
      path: '/recipes/try',
      access: 'signed-in',
      limit: { name: 'trials', most: 20, seconds: 60 },
      readOnly: true,
      summary:
        'What the catalogue would make of a template: its form, its plan with the defaults, and what is wrong with it; nothing is kept or fetched',
      body: triedSchema,
      answers: { 200: trialSchema },
    },
    async ({ body: given, services: { config }, signal }) => {
      const body: TrialView = await runTrial({ given, folders: [resolve(process.cwd(), 'recipes'), ...config.recipePaths] }, signal);
      return { body };
    },
  ),
];
