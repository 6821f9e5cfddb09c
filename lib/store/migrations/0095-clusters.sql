-- OSCAR clusters that people registered by their address, and those that came with their deployments. Each is its owner's alone.
create table clusters (
  id text primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  region text not null check (region in ('eu', 'us', 'other')),
  endpoint text not null,
  -- PEM of certificate authorities, beside those that everybody knows
  ca text,
  -- private addresses and plain http are allowed there: it is the sandbox's, or stands at a site of which the operator said so
  inside boolean not null default false,
  -- what it said of itself last
  dialect text not null,
  version text not null,
  auth text not null check (auth in ('basic', 'oidc')),
  username text,
  -- its password, sealed
  secret bytea,
  -- of `oidc`: the provider whose access tokens it is sent
  provider text,
  -- the deployment that it came with, the site where it stands, and what its outputs are called there
  deployment_id text references deployments on delete cascade,
  part text not null default '',
  site text,
  -- what went wrong when it was asked last; null: it answered
  problem jsonb,
  seen_at timestamptz,
  -- changes are made one after the other: who makes one, and until when nobody else may
  busy_by text,
  busy_until timestamptz,
  created_at timestamptz not null,
  unique (user_id, name),
  unique (deployment_id, part)
);

-- A cluster that came with a deployment goes with it.
create function drop_clusters_of_deployment() returns trigger language plpgsql as $$
begin
  delete from clusters where deployment_id = new.id;
  return null;
end $$;
create trigger clusters_go after update of deleted_at on deployments
  for each row when (new.deleted_at is not null) execute function drop_clusters_of_deployment();

-- A password may rest in a Vault like all that is sealed.
create trigger vault_entries after insert or delete on clusters for each row execute function note_vault_entries();
create trigger vault_entries_change after update of secret on clusters for each row execute function note_vault_entries();
