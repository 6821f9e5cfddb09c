-- People. A person is one (issuer, subject); subject is voperson_id where the provider gives one.
create table users (
  id text primary key,
  issuer text not null,
  subject text not null,
  provider text not null,
  name text not null,
  email text,
  groups jsonb not null default '[]',
  groups_at timestamptz,
  locale text,
  created_at timestamptz not null,
  unique (issuer, subject)
);

-- A person's data key, wrapped by the key-encryption key named `kek`. Dropping the row shreds all of the person's secrets.
create table data_keys (
  user_id text primary key references users on delete cascade,
  kek text not null,
  wrapped bytea not null
);

-- What a provider granted at sign-in (or what a command-line user sent). Tokens are sealed by lib/credentials.
create table grants (
  id text primary key,
  user_id text not null references users on delete cascade,
  provider text not null,
  kind text not null check (kind in ('session', 'bearer')),
  access_token bytea not null,
  refresh_token bytea,
  id_token bytea,
  access_expires_at timestamptz not null,
  state text not null default 'good' check (state in ('good', 'needs-login')),
  -- a process is refreshing the tokens until then; the others wait for its result
  refreshing_until timestamptz,
  version int not null default 1,
  created_at timestamptz not null
);
create index grants_user on grants (user_id);

create table sessions (
  id text primary key,
  user_id text not null references users on delete cascade,
  grant_id text references grants on delete set null,
  csrf text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table tokens (
  id text primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  hash text not null unique,
  scope text not null check (scope in ('read', 'write')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz
);

create table ssh_keys (
  id text primary key,
  user_id text not null references users on delete cascade,
  name text not null,
  public_key text not null,
  fingerprint text not null,
  created_at timestamptz not null,
  unique (user_id, fingerprint)
);

create table credentials (
  id text primary key,
  user_id text not null references users on delete cascade,
  site text not null,
  name text not null,
  kind text not null check (kind in ('applicationCredential', 'password', 'cloudsYaml')),
  -- what is no secret: user name, domain, credential id, fingerprint, last four characters
  shown jsonb not null,
  secret bytea not null,
  project_id text,
  project_name text,
  expires_at timestamptz,
  checked_at timestamptz,
  problem jsonb,
  created_at timestamptz not null
);
create index credentials_user on credentials (user_id);

-- Sites that a person added for themselves.
create table custom_sites (
  id text primary key,
  user_id text not null references users on delete cascade,
  site jsonb not null,
  created_at timestamptz not null
);

create table deployments (
  id text primary key,
  user_id text not null references users,
  name text not null,
  state text not null,
  -- what is wanted of it: running, stopped or deleted
  wanted text not null default 'running' check (wanted in ('running', 'stopped', 'deleted')),
  recipe text not null,
  request jsonb not null,
  plan jsonb not null,
  sites text[] not null,
  progress_done int not null default 0,
  progress_total int not null default 0,
  nodes_total int not null default 0,
  nodes_ready int not null default 0,
  nodes_failed int not null default 0,
  problem jsonb,
  -- every write of a pass names the version it read; a late writer changes nothing
  version int not null default 1,
  created_at timestamptz not null,
  ready_at timestamptz,
  deleted_at timestamptz,
  expires_at timestamptz
);
create index deployments_user on deployments (user_id, created_at desc, id desc);
create index deployments_live on deployments (state) where deleted_at is null;

-- The ledger: a row a resource.
create table resources (
  deployment_id text not null references deployments on delete cascade,
  key text not null,
  kind text not null,
  site text not null,
  project text not null,
  credential text not null,
  group_name text,
  depends_on text[] not null,
  summary text not null,
  spec jsonb not null,
  wanted text not null default 'present' check (wanted in ('present', 'absent')),
  phase text not null default 'planned'
    check (phase in ('planned', 'creating', 'waiting', 'ready', 'failed', 'deleting', 'gone')),
  cloud_id text,
  -- what the cloud shows: status, addresses, chosen flavor …
  observed jsonb not null default '{}',
  -- a create was sent whose outcome is not known: look by name before the next one
  unclear boolean not null default false,
  attempts int not null default 0,
  next_try_at timestamptz,
  deadline_at timestamptz,
  problem jsonb,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (deployment_id, key)
);

create table nodes (
  id text primary key,
  deployment_id text not null references deployments on delete cascade,
  key text not null,
  group_name text not null,
  site text not null,
  hostname text not null,
  state text not null default 'pending',
  private_address text,
  public_address text,
  -- pinned; the private half is a deployment secret named host-key:<node key>
  host_key text,
  token_hash text,
  channel text check (channel in ('callback', 'ssh')),
  -- up to here messages are stored
  seq int not null default 0,
  steps jsonb not null default '[]',
  outputs jsonb not null default '{}',
  facts jsonb not null default '{}',
  problem jsonb,
  deadline_at timestamptz,
  heard_at timestamptz,
  version int not null default 1,
  unique (deployment_id, key)
);

create table deployment_secrets (
  deployment_id text not null references deployments on delete cascade,
  name text not null,
  -- JSON of the parts, sealed with the owner's data key
  sealed bytea not null,
  primary key (deployment_id, name)
);

-- A deployment's history; `id` is what Last-Event-ID carries.
create table events (
  id bigint generated always as identity primary key,
  deployment_id text not null references deployments on delete cascade,
  at timestamptz not null,
  level text not null check (level in ('info', 'warning', 'error')),
  -- plan, resource, node, step, deployment, person
  stage text not null,
  subject text,
  message text not null,
  data jsonb not null default '{}'
);
create index events_deployment on events (deployment_id, id);

create table log_lines (
  id bigint generated always as identity primary key,
  deployment_id text not null references deployments on delete cascade,
  node text not null,
  step text not null,
  at timestamptz not null,
  text text not null
);
create index log_lines_node on log_lines (deployment_id, node, id);

-- Who used which secret, or changed what, when.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id text,
  action text not null,
  subject text not null,
  data jsonb not null default '{}'
);
create index audit_user on audit (user_id, id);

create table idempotency_keys (
  user_id text not null references users on delete cascade,
  key text not null,
  -- SHA-256 of method, path and body
  request_hash text not null,
  status int not null,
  body jsonb not null,
  headers jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (user_id, key)
);

-- Site facts as last read, for a credential and project.
create table site_facts (
  user_id text not null references users on delete cascade,
  site text not null,
  project text not null,
  facts jsonb not null,
  read_at timestamptz not null,
  problem jsonb,
  primary key (user_id, site, project)
);
