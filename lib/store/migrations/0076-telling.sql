-- What people are told of in time: one row for each, whichever worker finds it due. `key` says what exactly: with a row of its key it is told no
-- second time.
create table notices (
  id text primary key,
  user_id text not null references users on delete cascade,
  key text not null,
  what text not null,
  -- of which lease or deployment, and the numbers and names that its words need
  about jsonb not null,
  at timestamptz not null,
  seen_at timestamptz,
  unique (user_id, key)
);
create index notices_of on notices (user_id, at desc);
-- On which ways it goes out, each at most once: `sending` is written before anything is sent, and what a worker left there when it died is never
-- sent again.
create table deliveries (
  notice_id text not null references notices on delete cascade,
  way text not null check (way in ('mail', 'webhook')),
  state text not null default 'due' check (state in ('due', 'sending', 'sent', 'unsure', 'failed')),
  tries integer not null default 0,
  next_at timestamptz not null,
  claimed_until timestamptz,
  problem text,
  primary key (notice_id, way)
);
create index deliveries_open on deliveries (next_at) where state in ('due', 'sending');
-- How somebody wants to be told.
create table telling (
  user_id text primary key references users on delete cascade,
  mail boolean not null default true,
  language text check (language in ('en', 'es')),
  webhook_url text,
  -- what its messages are signed with, sealed
  webhook_secret bytea,
  -- of the token that opens their calendar of leases
  feed_hash text unique,
  feed_made_at timestamptz
);
-- Since when a lease has the end that it has.
create table lease_ends (
  user_id text not null references users on delete cascade,
  site text not null,
  lease_id text not null,
  ends_at timestamptz not null,
  since timestamptz not null,
  -- it had a later one before
  shortened boolean not null default false,
  primary key (user_id, site, lease_id)
);
