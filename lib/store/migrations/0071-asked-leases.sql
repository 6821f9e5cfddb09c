-- What a lease was asked for as: by it a repetition is known from another lease of the same name, and what was lost can be made again.
alter table leases add column asked jsonb;
