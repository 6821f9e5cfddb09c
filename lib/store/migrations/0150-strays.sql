-- What stands in people's projects under the name of a deployment of theirs, and that none has: left over when an answer or a process was lost.
create table strays (
  id text primary key,
  user_id text not null references users on delete cascade,
  site text not null,
  project text not null,
  kind text not null,
  cloud_id text not null,
  name text not null,
  -- whose it was, and as what
  deployment_id text not null references deployments on delete cascade,
  key text,
  -- that deployment stands, and lacks it
  adoptable boolean not null default false,
  state text not null check (state in ('found', 'ignored', 'going', 'stuck', 'gone')),
  problem jsonb,
  found_at timestamptz not null,
  seen_at timestamptz not null,
  -- when its end was asked for, and when its site did not list it any more
  asked_at timestamptz,
  gone_at timestamptz,
  unique (user_id, site, project, kind, cloud_id)
);
create index strays_of_deployment on strays (deployment_id);
-- When the projects that something was deployed in are looked through for them.
create table stray_looks (
  user_id text not null references users on delete cascade,
  site text not null,
  project text not null,
  credential text not null,
  look_at timestamptz not null,
  -- when all of its lists were last read; what could not be read then
  looked_at timestamptz,
  problem jsonb,
  held_until timestamptz,
  primary key (user_id, site, project)
);
