-- A grant that is to end at its provider: its tokens are used for nothing but that, and it goes when the provider has revoked them.
alter table grants drop constraint grants_state_check;
alter table grants add constraint grants_state_check check (state in ('good', 'needs-login', 'ending'));
alter table grants add column ended_at timestamptz;
