-- One row a job over all clusters of a person's pairs. What is kept outlives the pair and the clusters: it is what was, and is forgotten with age.
create table jobs (
  id text primary key,
  user_id text not null references users on delete cascade,
  pair_id text not null,
  service text not null,
  -- where it was given to, and where it ran or will, each with the name that it had then
  origin_id text not null,
  origin_name text not null,
  ran_id text not null,
  ran_name text not null,
  state text not null check (state in ('Pending', 'Suspended', 'Crossing', 'Running', 'Succeeded', 'Failed', 'Gone', 'Unknown')),
  crossed boolean not null,
  why text check (why in ('wait', 'no-room', 'drain', 'person')),
  -- bucket/key of the file that it answers
  object text,
  submitted_at timestamptz not null,
  left_at timestamptz,
  came_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  bytes_over bigint,
  -- every listing that is of this job
  seen jsonb not null,
  results jsonb not null default '[]',
  -- nothing more is to be learnt of it
  settled boolean not null default false
);
create index jobs_of_person on jobs (user_id, submitted_at desc, id desc);
create index jobs_by_state on jobs (user_id, state, submitted_at desc, id desc);
create index jobs_by_crossing on jobs (user_id, crossed, submitted_at desc, id desc);
create index jobs_by_service on jobs (user_id, service, submitted_at desc, id desc);
create index jobs_by_pair on jobs (user_id, pair_id, submitted_at desc, id desc);
create index jobs_by_origin on jobs (user_id, origin_id, submitted_at desc, id desc);
create index jobs_by_place on jobs (user_id, ran_id, submitted_at desc, id desc);
create index jobs_open on jobs (pair_id) where not settled;
create index jobs_by_age on jobs (submitted_at);

-- Which row a job of a listing is.
create table job_sightings (
  cluster_id text not null,
  service text not null,
  name text not null,
  job_id text not null references jobs on delete cascade,
  primary key (cluster_id, service, name)
);
create index job_sightings_of_job on job_sightings (job_id);

-- Who follows a person's jobs, and how far along the lists they are.
create table job_following (
  user_id text primary key references users on delete cascade,
  beat_at timestamptz,
  busy_until timestamptz,
  watched_until timestamptz,
  turns jsonb not null default '{}'
);
