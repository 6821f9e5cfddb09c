-- What a site did not tell was kept as a quota without a limit. Kept facts are read anew by whoever needs them.
delete from site_facts where jsonb_array_length(facts -> 'gaps') > 0;
