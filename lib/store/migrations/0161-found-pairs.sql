-- Pairs that somebody made elsewhere, as the definitions on a person's clusters tell of them: their jobs are followed, and nothing else is done with them.
create table found_pairs (
  id text primary key,
  user_id text not null references users on delete cascade,
  service text not null,
  origin_id text not null references clusters on delete cascade,
  worker_id text not null references clusters on delete cascade,
  -- what its jobs are followed by: where files come from and go to, and how long one waits
  wish jsonb not null,
  -- when its origin was asked last
  looked_at timestamptz not null,
  unique (user_id, origin_id, worker_id, service)
);
