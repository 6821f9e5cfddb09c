-- Whose certificate a cluster's storage may show, where it is another than its API's: whoever holds the key of the one is not the other.
alter table clusters add column storage_ca text;
