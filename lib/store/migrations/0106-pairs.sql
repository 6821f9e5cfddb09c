-- Services that stand on two OSCAR clusters, of which one gives the other what it has no room for. What is in them is asked of the clusters.
create table pairs (
  id text primary key,
  user_id text not null references users on delete cascade,
  -- of the service, on both
  name text not null,
  origin_id text not null references clusters on delete cascade,
  worker_id text not null references clusters on delete cascade,
  -- what OSCAR calls them in the definitions
  origin_name text not null,
  worker_name text not null,
  state text not null check (state in ('making', 'standing', 'removing', 'broken')),
  -- what was asked for; no secret is in it
  wish jsonb not null,
  -- what takes it out again, of the calls that were begun
  undo jsonb not null default '[]',
  -- why it could not be made or taken out
  problem jsonb,
  -- the last proof that a job crosses, and until when one goes on
  proof jsonb,
  proving_until timestamptz,
  created_at timestamptz not null,
  unique (origin_id, name)
);
create index pairs_of_person on pairs (user_id);
create index pairs_of_worker on pairs (worker_id);
