-- Groups of nodes that follow a queue: what was heard of it last, since when its nodes have had nothing to do, and what was decided.
create table elastic_groups (
  deployment_id text not null references deployments (id) on delete cascade,
  group_name text not null,
  token_hash text not null,
  report jsonb not null,
  idle_since jsonb not null default '{}',
  heard_at timestamptz not null,
  changed_at timestamptz,
  refused jsonb,
  refused_at timestamptz,
  decision jsonb,
  primary key (deployment_id, group_name)
);
