-- How many secret results of a node were sealed, and how many of its steps' hand-over is in the audit, since its machine was made or it was asked to
-- run its steps again: both are asked for by machines that anybody may have taken over.
alter table nodes add column seals int not null default 0;
alter table nodes add column handed int not null default 0;
