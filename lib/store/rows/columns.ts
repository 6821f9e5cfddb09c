import type { ColumnType, JSONColumnType } from 'kysely';

/** Columns as they are read, inserted and changed: times are Dates, JSON is parsed when read and text when written. */
export type Time = ColumnType<Date, Date, Date>;
export type MaybeTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
export type Json<T extends object | null> = JSONColumnType<T>;
export type MaybeJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;
export type JsonDefault<T extends object> = ColumnType<T, string | undefined, string>;
