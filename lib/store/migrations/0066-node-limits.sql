-- What a node has told since its machine was made or it was asked to run its steps again: there is a limit to both.
alter table nodes add column events_told int not null default 0;
alter table nodes add column log_bytes int not null default 0;
