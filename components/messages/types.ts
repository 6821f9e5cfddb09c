import type { en } from './en';

export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

/** A sentence, or one for each plural category that the language has for `count`. */
export type Message = string | { one: string; other: string };

export type MessageKey = keyof typeof en;
/** All sentences of one language. */
export type Catalogue = Record<MessageKey, Message>;

type TextOf<M> = M extends { other: infer Other } ? Other | 'count' : M;
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type ParameterNames<Key extends MessageKey> =
  | NamesIn<TextOf<(typeof en)[Key]>>
  | ((typeof en)[Key] extends { one: string } ? 'count' : never);

/** What a sentence needs filled in: nothing for most. */
export type Parameters<Key extends MessageKey> = [ParameterNames<Key>] extends [never]
  ? []
  : [values: Record<ParameterNames<Key>, string | number>];

/** Says a sentence in the language of the person. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: Parameters<Key>) => string;
