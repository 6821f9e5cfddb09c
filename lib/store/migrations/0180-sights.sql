-- What was last seen at their sites of deployments at rest: a digest for each place and kind. One look at a project serves all that stand in it.
create table sights (
  deployment_id text primary key references deployments (id) on delete cascade,
  looked_at timestamptz not null,
  -- when it came to rest, or a pass was last asked for because of what was seen
  asked_at timestamptz not null,
  digests jsonb not null default '{}'
);
