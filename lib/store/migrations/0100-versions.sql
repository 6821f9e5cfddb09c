-- What was asked for, each time that it was changed. The plan is kept while a change may still be called off.
create table deployment_versions (
  deployment_id text not null references deployments (id) on delete cascade,
  number integer not null check (number > 0),
  at timestamptz not null,
  user_id text not null,
  request jsonb not null,
  plan jsonb,
  change jsonb,
  undone boolean not null default false,
  primary key (deployment_id, number)
);
insert into deployment_versions (deployment_id, number, at, user_id, request)
select id, 1, created_at, user_id, request from deployments;
-- The version that a deployment is, or is becoming; and the change that is under way.
alter table deployments add column revision integer not null default 1;
alter table deployments add column updating jsonb;
-- The steps that a node is asked to run again; null: all from run_from on.
alter table nodes add column run_only jsonb;
