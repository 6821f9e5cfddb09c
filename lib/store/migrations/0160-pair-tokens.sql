-- A refresh token that its person lets Transat keep for a pair whose origin is of 4.1, sealed: without it that origin takes no change of its service.
alter table pairs
  add column token bytea,
  -- false: it goes with the drain that it was given for
  add column token_stays boolean not null default false;

-- It may rest in a Vault like all that is sealed.
create trigger vault_entries after insert or delete on pairs for each row execute function note_vault_entries();
create trigger vault_entries_change after update of token on pairs for each row execute function note_vault_entries();
