import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Config } from '@/lib/core/config';
import { newId } from '@/lib/core/ids';
import type { Schema } from '@/lib/store/schema';
import type { Site } from './types';

const ownSchema = z.object({
  name: z.string(),
  authUrl: z.url(),
  region: z.string().optional(),
  methods: z.array(z.enum(['oidc', 'applicationCredential', 'password'])).min(1),
  identityProvider: z.string().optional(),
  protocol: z.string().optional(),
  /** the sign-in of the person who added the site */
  oidcProvider: z.string().optional(),
  ca: z.string().optional(),
  country: z.string().length(2).optional(),
  city: z.string().optional(),
  lat: z.number().optional(),
  lon: z.number().optional(),
});
/** A site as a person described it. */
export type OwnSite = z.infer<typeof ownSchema>;

/** What the operator allows for sites that people add. */
type OwnSiteRules = Pick<Config, 'allowedRanges' | 'tokenHosts'>;

/** The sites that people added: each is its owner's alone. */
export class OwnSites {
  readonly #db: Kysely<Schema>;
  readonly #rules: OwnSiteRules;
  readonly #common: () => readonly Site[];

  /** @param common the sites that everybody sees */
  constructor(db: Kysely<Schema>, rules: OwnSiteRules, common: () => readonly Site[]) {
    this.#db = db;
    this.#rules = rules;
    this.#common = common;
  }

  /** The oldest first. */
  async list(userId: string): Promise<Site[]> {
    const rows = await this.#db.selectFrom('custom_sites').selectAll().where('user_id', '=', userId).orderBy('created_at').execute();
    return rows.flatMap((row) => this.revive(row.id, row.site) ?? []);
  }

  /** The site of a description: what was stored, or what is tried before it is. */
  siteOf(id: string, { oidcProvider, methods, ...own }: OwnSite): Site {
    const signsIn = methods.includes('oidc') && oidcProvider !== undefined && this.takesSignIn(own.authUrl, oidcProvider);
    return {
      ...own,
      id,
      provider: 'custom',
      own: true,
      methods: methods.filter((method) => method !== 'oidc' || signsIn),
      ...(signsIn ? { oidcProvider } : {}),
      allowedRanges: this.#rules.allowedRanges,
      features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
      rules: {},
    };
  }

  /** What was stored of a site: {@link OwnSites.siteOf}, once it is gone. Undefined where it is no description. */
  revive(id: string, stored: unknown): Site | undefined {
    const parsed = ownSchema.safeParse(stored);
    return parsed.success ? this.siteOf(id, parsed.data) : undefined;
  }

  /** The description as it is stored; undefined when there is none. */
  async given(userId: string, id: string): Promise<object | undefined> {
    const row = await this.#db
      .selectFrom('custom_sites')
      .select('site')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row?.site;
  }

  /**
   * Whether a person's own sign-in may be sent to an address that a person named. Only to hosts that get it anyway, and to those that the
   * operator named: whoever talks somebody into adding a site must not get their token by it.
   */
  takesSignIn(authUrl: string, provider: string): boolean {
    const host = URL.canParse(authUrl) ? new URL(authUrl).host : '';
    const known = this.#common().some((site) => site.oidcProvider === provider && new URL(site.authUrl).host === host);
    return known || this.#rules.tokenHosts.includes(host);
  }

  /** @returns the new site's id */
  async add(userId: string, own: OwnSite, now: Date): Promise<string> {
    const id = newId('site');
    await this.#db
      .insertInto('custom_sites')
      .values({ id, user_id: userId, site: JSON.stringify(own), created_at: now })
      .execute();
    return id;
  }

  async replace(userId: string, id: string, own: OwnSite): Promise<void> {
    const site = JSON.stringify(own);
    await this.#db.updateTable('custom_sites').set({ site }).where('id', '=', id).where('user_id', '=', userId).execute();
  }

  /** Removes the site with the credentials for it and what was read there. @param also written together with it */
  async remove(userId: string, id: string, also?: (trx: Kysely<Schema>) => Promise<void>): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await also?.(trx);
      await trx.deleteFrom('credentials').where('user_id', '=', userId).where('site', '=', id).execute();
      await trx.deleteFrom('site_facts').where('user_id', '=', userId).where('site', '=', id).execute();
      await trx.deleteFrom('custom_sites').where('id', '=', id).where('user_id', '=', userId).execute();
    });
  }
}
