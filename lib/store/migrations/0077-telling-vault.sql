-- What a webhook's messages are signed with may rest in a Vault like all that is sealed.
create trigger vault_entries after insert or delete on telling for each row execute function note_vault_entries();
create trigger vault_entries_change after update of webhook_secret on telling for each row execute function note_vault_entries();
