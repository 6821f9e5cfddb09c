import { tidyText } from '@/lib/core/text';
import type { Answer } from '@/lib/web/answer';
import { jsonOf } from '@/lib/web/answer';
import { hide } from '@/lib/web/hide';

/** What a service said went wrong, read from whichever of OpenStack's error bodies it used. */
export interface Fault {
  /** its words; of a page of HTML its title; never empty */
  message: string;
  /** Neutron's class of error (`OverQuota`), Nova's and Cinder's element (`forbidden`, `overLimit`) */
  type?: string;
  /** seconds or a date, where the body says when to come again (Nova's and Cinder's `overLimit`) */
  retryAfter?: string;
  /** the body was JSON: it is the service that speaks, not a proxy before it */
  fromService: boolean;
}

const LONGEST = 600;

/**
 * Reads the error out of an answer. The shapes are those of Keystone `{error:{message}}`, Nova and Cinder `{<fault>:{message}}`,
 * Neutron `{NeutronError:{type,message}}`, Placement `{errors:[{detail}]}`, Octavia `{faultcode,faultstring}` and Blazar `{error_message}`.
 * @param secrets taken out of its words
 */
export function readFault(answer: Pick<Answer, 'status' | 'body'>, secrets: string[]): Fault {
  const json = jsonOf(answer);
  if (!isRecord(json)) return { message: shorten(hide(titleOf(answer.body), secrets)) || `HTTP ${answer.status}`, fromService: false };
  const found = fromJson(json);
  const { type, retryAfter } = found;
  return { message: shorten(hide(found.message ?? '', secrets)) || `HTTP ${answer.status}`, type, retryAfter, fromService: true };
}

/** A service's words, with a full stop where they have no end: what to do now is said after them. */
export function sentence(message: string): string {
  return message === '' || /[.!?…:]$/.test(message) ? message : `${message}.`;
}

function fromJson(json: Record<string, unknown>): { message?: string; type?: string; retryAfter?: string } {
  if (typeof json.error_message === 'string') return { message: json.error_message };
  if (typeof json.faultstring === 'string') return { message: json.faultstring, type: text(json.faultcode) };
  if (typeof json.NeutronError === 'string') return { message: json.NeutronError };
  const first = Array.isArray(json.errors) ? json.errors[0] : undefined;
  if (isRecord(first)) return { message: text(first.detail) ?? text(first.title), type: text(first.code) };
  for (const [name, value] of Object.entries(json)) {
    if (isRecord(value) && typeof value.message === 'string')
      return { message: value.message, type: text(value.type) ?? name, retryAfter: text(String(value.retryAfter ?? '')) };
  }
  return { message: text(json.message) ?? text(json.error) };
}

function titleOf(body: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(body)?.[1];
  return title ?? (/<[a-z!]/i.test(body) ? '' : body);
}

function shorten(message: string): string {
  const line = tidyText(message).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
