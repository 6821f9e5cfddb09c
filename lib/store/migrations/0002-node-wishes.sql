-- What a person asked of a node, kept until it is done.
alter table nodes add column wanted text not null default 'running' check (wanted in ('running', 'stopped'));
-- reboot once, softly or not
alter table nodes add column reboot text check (reboot in ('SOFT', 'HARD'));
-- the agent starts again from this step
alter table nodes add column run_from text;
