-- Which plan a deployment's is: whoever has read it need not read it again while the number is the same. Counted here, so that no writer can forget it, nor one
-- of an earlier version of the product that still works beside this one.
alter table deployments add column plan_version integer not null default 1;

create function count_plan() returns trigger language plpgsql as $$
begin
  new.plan_version = old.plan_version + 1;
  return new;
end $$;
create trigger counted_plan before update of plan on deployments for each row execute function count_plan();
