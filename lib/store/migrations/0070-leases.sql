-- Leases that people made here, that deployments of theirs stand on, and that were seen in their projects. The site stays the truth: a row says
-- what it told last, and what somebody wants to be done with the lease by itself. What was only seen is never changed before it is taken over.
create table leases (
  id text primary key,
  user_id text not null references users on delete cascade,
  site text not null,
  project text not null,
  -- what leads there: `oidc:<site>`, `device:<site>` or the id of a stored credential
  credential text not null,
  -- its id at the site; null: it is being made, and the answer that tells it has not come (yet)
  lease_id text,
  name text not null,
  -- the site's word (PENDING, ACTIVE …); MAKING: it is being asked for; GONE: the site does not list it any more
  status text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- until when it is to be extended by itself, and how that went last; null: it ends when it ends
  extend jsonb,
  -- the person lets Transat change it; false: it was made elsewhere, and is only shown
  taken_over boolean not null default false,
  degraded boolean not null default false,
  -- the lease as the site told it last, without what is nobody's business
  told jsonb,
  -- what is being done with it and goes on without a person: it is asked for, deleted, repaired …; null: nothing
  work jsonb,
  -- what went wrong last with what is done by itself
  problem jsonb,
  -- when there is something to do; of several processes the one that moves it on does it
  due_at timestamptz,
  seen_at timestamptz,
  created_at timestamptz not null,
  unique (user_id, site, lease_id)
);
create index leases_due on leases (due_at) where due_at is not null;
create index leases_end on leases (ends_at) where status <> 'GONE';
