-- How each cluster that takes work of others is: looked at again and again for all pairs that hand on to it, by one process at a time.
create table peers (
  cluster_id text primary key references clusters on delete cascade,
  breaker jsonb not null,
  look_at timestamptz not null,
  held_until timestamptz
);

alter table pairs
  -- what was last begun with the origin's service, written down before the cluster is called; whether the cluster was seen to be so
  add column shape text not null default 'whole' check (shape in ('whole', 'closed', 'away')),
  add column settled boolean not null default true,
  -- what the service was before, and is to be again
  add column held jsonb,
  -- a side that is to be left in peace, and until when; what the last drill found
  add column drain jsonb,
  add column drill jsonb,
  -- who changes the origin's service has it until then
  add column mend_until timestamptz,
  -- who makes it or takes it out says so again meanwhile; services stay when it is taken out; it died while it was made
  add column alive_until timestamptz,
  add column keeps boolean not null default false,
  add column cut_off boolean not null default false;

alter table pairs drop constraint pairs_state_check;
alter table pairs add constraint pairs_state_check check (state in ('making', 'standing', 'removing', 'broken', 'undone'));

-- A cluster may go with its deployment: the other side still has to be told.
alter table pairs
  drop constraint pairs_origin_id_fkey,
  drop constraint pairs_worker_id_fkey,
  alter column origin_id drop not null,
  alter column worker_id drop not null,
  add constraint pairs_origin_id_fkey foreign key (origin_id) references clusters on delete set null,
  add constraint pairs_worker_id_fkey foreign key (worker_id) references clusters on delete set null;

-- What happened to a pair without anybody's doing, and what people had done with it.
create table pair_events (
  id bigint generated always as identity primary key,
  pair_id text not null references pairs on delete cascade,
  at timestamptz not null,
  kind text not null,
  values jsonb not null default '{}',
  problem jsonb
);
create index pair_events_of_pair on pair_events (pair_id, id);

-- Changes of a cluster are made one after the other, whoever of several people has registered it: who makes one, and until when nobody else may.
create table cluster_turns (
  place text primary key,
  by text not null,
  until timestamptz not null
);
alter table clusters drop column busy_by, drop column busy_until;
