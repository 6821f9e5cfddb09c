-- The number of the run that a node was last asked for, so that what is told of an earlier one is not taken for its answer; and whether what its agent
-- still runs is ended for it.
alter table nodes add column run_number integer not null default 0;
alter table nodes add column run_ends boolean not null default false;
