import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '@/lib/core/config/smtp';
import { type SendMail, Undelivered } from './types';

const connectMs = 10_000;
const idleMs = 30_000;
/** What comes before a server hears whom the letter is for: what fails there fails for all letters, and surely none was taken. */
const before = ['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL FROM'];

/**
 * Sends mails by the operator's server. Its certificate is verified, and nothing is sent in the clear unless the operator said so.
 * @returns what throws `Undelivered`, by how far it came: what was refused for the moment may be tried again, a server that can't be reached or takes
 *   nothing of us (a wrong password, a certificate that nobody vouches for) is the operator's to mend, and where the connection broke after the letter
 *   was sent nobody knows
 */
export function mailer({ host, port, security, user, password, from, ca }: SmtpConfig): SendMail {
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) },
    ...(user ? { auth: { user, pass: password?.reveal() ?? '' } } : {}),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: idleMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text, messageId }) => {
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport
      .sendMail({ from, to: { name: '', address: to }, subject, text, messageId: `<${messageId}>`, headers })
      .catch((error: unknown) => {
        throw new Undelivered(thenOf(error), error instanceof Error ? error.message : 'The mail was not sent.');
      });
  };
}

function thenOf(error: unknown): Undelivered['next'] {
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
  const at = (name: string) => typeof command === 'string' && command.startsWith(name);
  if (before.some(at)) return 'blocked';
  // 5xx: for good; 4xx: for now (RFC 5321, 4.2.1)
  if (typeof responseCode === 'number' && responseCode > 0) return responseCode >= 500 ? 'never' : 'again';
  return at('RCPT TO') ? 'again' : 'unsure';
}
