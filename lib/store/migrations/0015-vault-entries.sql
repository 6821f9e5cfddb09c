-- Secrets that a KV engine of a Vault keeps: the row of a secret holds a reference. An entry is noted before it is written there, and
-- forgotten when it was destroyed there; in between, these triggers say whether a row refers to it, whoever writes or deletes that row.
create table vault_entries (
  path text primary key,
  made_at timestamptz not null,
  attached_at timestamptz,
  released_at timestamptz
);

-- A reference is the byte 2, `kv2:`, mount, a space, path; in JSON it is written in base64. See lib/credentials/vault-server/kept.ts.
create function vault_paths(content jsonb) returns setof text language sql immutable as $$
  select split_part(convert_from(substring(decode(found[1], 'hex') from 6), 'UTF8'), ' ', 2)
    from regexp_matches(content::text, '"\\\\x(026b76323a[0-9a-f]+)"', 'g') as found
  union
  select split_part(convert_from(substring(decode(found[1], 'base64') from 6), 'UTF8'), ' ', 2)
    from regexp_matches(content::text, '"(Amt2Mj[o-r][A-Za-z0-9+/]+=*)"', 'g') as found
$$;

create function note_vault_entries() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from vault_entries) then return null; end if;
  if tg_op <> 'INSERT' then
    update vault_entries set released_at = now() where path in (select vault_paths(to_jsonb(old)));
  end if;
  if tg_op <> 'DELETE' then
    update vault_entries set attached_at = now(), released_at = null where path in (select vault_paths(to_jsonb(new)));
  end if;
  return null;
end $$;

create trigger vault_entries after insert or delete on credentials for each row execute function note_vault_entries();
create trigger vault_entries_change after update of secret on credentials for each row execute function note_vault_entries();
create trigger vault_entries after insert or delete on grants for each row execute function note_vault_entries();
create trigger vault_entries_change after update of access_token, refresh_token, id_token on grants
  for each row execute function note_vault_entries();
create trigger vault_entries after insert or delete on deployment_secrets for each row execute function note_vault_entries();
create trigger vault_entries_change after update of sealed on deployment_secrets for each row execute function note_vault_entries();
create trigger vault_entries after insert or delete on nodes for each row execute function note_vault_entries();
create trigger vault_entries_change after update of outputs on nodes
  for each row when (old.outputs is distinct from new.outputs) execute function note_vault_entries();
create trigger vault_entries after insert or delete on idempotency_keys for each row execute function note_vault_entries();
create trigger vault_entries_change after update of body on idempotency_keys for each row execute function note_vault_entries();
create trigger vault_entries after insert or delete on device_logins for each row execute function note_vault_entries();
create trigger vault_entries_change after update of device_code on device_logins for each row execute function note_vault_entries();
