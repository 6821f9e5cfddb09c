import { z } from 'zod';
import { innerProblemSchema } from './common';

const secretText = z.string().min(1).max(4096);
const pastedText = z.string().min(1).max(1_048_576);
const common = { site: z.string().max(100), name: z.string().trim().min(1).max(100), project: z.string().max(200).optional() };
export const newCredentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('applicationCredential'), id: z.string().min(1).max(200), secret: secretText }),
  z.strictObject({
    ...common,
    kind: z.literal('password'),
    username: z.string().min(1).max(255),
    userDomain: z.string().min(1).max(255).default('Default'),
    password: secretText,
  }),
  /** a pasted clouds.yaml; `cloud` names the entry where it has several, `region` one of its regions (left out: the site's), `secureYaml` and `secret` give what it lacks */
  z.strictObject({
    ...common,
    kind: z.literal('cloudsYaml'),
    yaml: pastedText,
    secureYaml: pastedText.optional(),
    cloud: z.string().max(200).optional(),
    region: z.string().max(200).optional(),
    secret: secretText.optional(),
  }),
  /** a pasted openrc file; `secret` is what it would ask for */
  z.strictObject({ ...common, kind: z.literal('openrc'), openrc: pastedText, secret: secretText.optional() }),
  /** a secret of the person's own in a Vault or OpenBao, by its name there; it stays there, and is read at each use */
  z.strictObject({ ...common, kind: z.literal('ownStore'), secretName: z.string().min(1).max(500) }),
]);
/** By which credential of the same project everything goes on. */
export const handOverSchema = z.strictObject({ to: z.string().min(1).max(200) });
/** … and of one deployment, from which of those that it acts by. */
export const deploymentHandOverSchema = handOverSchema.extend({ from: z.string().min(1).max(200) });
export const handedOverSchema = z.object({ /** ids */ deployments: z.array(z.string()) });
export type HandedOver = z.infer<typeof handedOverSchema>;
/** The names in the person's own secrets store; `available`: whether this Transat knows one. */
export const ownStoreSchema = z.object({ available: z.boolean(), names: z.array(z.string()) });
export type OwnStoreView = z.infer<typeof ownStoreSchema>;
/** What a pasted file is, and what is in it; nothing of it is kept. */
export const readPastedSchema = z.strictObject({ text: pastedText, secureYaml: pastedText.optional() });
const fileRemarkSchema = z.object({ key: z.string(), params: z.record(z.string(), z.string()), text: z.string() });
export const pastedSchema = z.object({
  format: z.enum(['cloudsYaml', 'openrc']),
  /** the shell that an openrc file is for */
  dialect: z.enum(['shell', 'powershell', 'cmd', 'fish']).nullable(),
  /** what of the file as a whole is not used, and why */
  remarks: z.array(fileRemarkSchema),
  clouds: z.array(
    z.object({
      name: z.string(),
      /** where the entry has several */
      region: z.string().nullable(),
      kind: z.enum(['applicationCredential', 'password']).nullable(),
      authUrl: z.string().nullable(),
      project: z.string().nullable(),
      /** the site that it is for; null where there is none of this address */
      site: z.string().nullable(),
      /** what it leaves to be asked for */
      needs: z.enum(['password', 'secret']).nullable(),
      /** what of it is not used, and why */
      remarks: z.array(fileRemarkSchema),
      /** why it can't be used */
      problem: innerProblemSchema.nullable(),
    }),
  ),
});
export type PastedView = z.infer<typeof pastedSchema>;

export const patchCredentialSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  secret: secretText.optional(),
  /** with a new secret: the id of the new application credential that it belongs to */
  id: z.string().min(1).max(200).optional(),
});

/** An application credential that Transat makes at the site, by one of the person's own sign-ins. */
export const makeCredentialSchema = z.strictObject({
  site: z.string().max(100),
  /** the credential that makes it: `oidc:<site>` or `device:<site>` */
  with: z.string().max(200),
  name: z.string().trim().min(1).max(100),
  project: z.string().max(200).optional(),
  /** how long it lives */
  days: z.number().int().min(1).max(3650).default(30),
  /** deployments that act by `with` in the same project go on with the new one */
  takeOver: z.boolean().default(false),
});

/** Deleting asks for a second word: in use, and where the site can't be told. */
export const deleteCredentialQuery = z.strictObject({
  /** delete it although deployments act with it, or leases go on that do */
  inUse: z.enum(['true', 'false']).optional(),
  /** forget it here although it could not be revoked at the site */
  keepAtSite: z.enum(['true', 'false']).optional(),
});

export const newDeviceLoginSchema = z.strictObject({ site: z.string().max(100) });
/** A device flow under way: what to show, and whether it has come to an end. */
export const deviceLoginSchema = z.object({
  id: z.string(),
  site: z.string(),
  /** what people call the provider */
  provider: z.string(),
  state: z.enum(['waiting', 'connected', 'denied', 'expired', 'failed']),
  userCode: z.string(),
  verificationUri: z.string(),
  /** with the code in it */
  verificationUriComplete: z.string().nullable(),
  expiresAt: z.string(),
  /** seconds between two looks */
  interval: z.number(),
  problem: innerProblemSchema.nullable(),
});
export type DeviceLoginView = z.infer<typeof deviceLoginSchema>;

/** One line of a try of a credential; `unknown` where nobody can know without making something. */
const checkSchema = z.object({
  what: z.enum(['token', 'project', 'quota', 'servers', 'leases']),
  state: z.enum(['good', 'bad', 'unknown']),
  detail: z.string(),
});
export type CredentialCheck = z.infer<typeof checkSchema>;

export const credentialSchema = z.object({
  /** `oidc:<site id>` for the person's own sign-in, `device:<site id>` for what they connected by the device flow */
  id: z.string(),
  kind: z.enum(['oidc', 'device', 'applicationCredential', 'password', 'cloudsYaml']),
  site: z.string(),
  name: z.string(),
  project: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** what is no secret of it: user name, id, last four characters */
  shown: z.record(z.string(), z.string()),
  expiresAt: z.string().nullable(),
  checkedAt: z.string().nullable(),
  problem: innerProblemSchema.nullable(),
  /** what the last try found; null where none was made since it is kept */
  checks: z.array(checkSchema).nullable(),
  /** Transat made it at the site: it can renew it, and revokes it there when it is deleted */
  made: z.boolean(),
  createdAt: z.string().nullable(),
  /** deployments (not deleted) that use it */
  deployments: z.number().int(),
  /** those by name, the newest first; at most 50 */
  usedBy: z.array(z.object({ id: z.string(), name: z.string(), state: z.string() })),
  /** leases that were made or taken over with it and are not over, the soonest to end first; at most 50. Without it they go on, and are charged for. */
  leases: z.array(z.object({ id: z.string(), name: z.string(), end: z.string() })),
});
export type Credential = z.infer<typeof credentialSchema>;

/** An application credential of Transat's making that could not be revoked at its site yet: it is tried again until it ends. */
export const revocationSchema = z.object({
  id: z.string(),
  site: z.string(),
  siteName: z.string(),
  /** what it was called here */
  name: z.string(),
  /** its name at the site */
  atSite: z.string(),
  /** when it ends by itself */
  expiresAt: z.string(),
  nextTryAt: z.string(),
  attempts: z.number().int(),
  problem: innerProblemSchema.nullable(),
  createdAt: z.string(),
});
export type RevocationView = z.infer<typeof revocationSchema>;
/** What deleting a site left to be revoked there. */
export const notRevokedSchema = z.object({ notRevoked: z.array(revocationSchema) });
export type NotRevoked = z.infer<typeof notRevokedSchema>;
