-- The key that new data keys are wrapped with: one for all processes, until a rotation names another.
create table ruling_key (
  one boolean primary key default true check (one),
  kek text not null,
  since timestamptz not null default now()
);
insert into ruling_key (kek) select kek from data_keys group by kek order by count(*) desc limit 1;
