-- A deployment that is stopped and started by the clock: on which days, when, by the clocks of which zone; and when that is next, and which of the two.
alter table deployments
  add column schedule jsonb,
  add column turn_at timestamptz,
  add column turn text check (turn in ('stop', 'start'));
create index deployments_turning on deployments (turn_at) where turn_at is not null;
