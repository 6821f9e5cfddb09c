-- What lets people in is told to every process when it ends, whoever ends it: open streams end with it.
create function transat_pass_ended() returns trigger language plpgsql as $$
begin
  perform pg_notify('transat_passes', old.user_id);
  return old;
end $$;
create trigger session_ended after delete on sessions for each row execute function transat_pass_ended();
create trigger token_ended after delete on tokens for each row execute function transat_pass_ended();

create function transat_groups_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('transat_passes', new.id);
  return new;
end $$;
create trigger groups_changed after update of groups on users for each row
  when (old.groups is distinct from new.groups) execute function transat_groups_changed();
