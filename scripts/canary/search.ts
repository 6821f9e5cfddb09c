/** A secret that must be nowhere, and what it is called. */
export interface Needle {
  name: string;
  value: string;
}
/** A place that was searched, and all that was found in it. */
export interface Hay {
  place: string;
  content: string | Buffer;
}

/**
 * Looks for secrets in every form that they may have got out in: as they are, in JSON, in a URL, in base64 (whatever stands before
 * them) and base64url, and in hexadecimal.
 * @returns a line for each find: where, which, in what form
 */
export function findLeaks(needles: readonly Needle[], hays: readonly Hay[]): string[] {
  const forms = needles.flatMap(({ name, value }) => formsOf(value).map(([form, text]) => ({ name, form, text })));
  return hays.flatMap(({ place, content }) => {
    const text = typeof content === 'string' ? content : content.toString('latin1');
    return forms.filter((form) => text.includes(form.text)).map(({ name, form }) => `${place}: ${name} (${form})`);
  });
}

function formsOf(value: string): [form: string, text: string][] {
  const bytes = Buffer.from(value);
  const forms: [string, string][] = [
    ['as it is', bytes.toString('latin1')],
    ['as it is', value],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in a URL', encodeURIComponent(value)],
    ['in hexadecimal', bytes.toString('hex')],
    ['in hexadecimal', bytes.toString('hex').toUpperCase()],
  ];
  for (const before of [0, 1, 2]) {
    // the characters that other bytes have no part in
    const whole = Buffer.concat([Buffer.alloc(before), bytes.subarray(0, bytes.length - ((before + bytes.length) % 3))]);
    const start = before === 0 ? 0 : 4;
    forms.push(['in base64', whole.toString('base64').slice(start)], ['in base64url', whole.toString('base64url').slice(start)]);
  }
  return [...new Map(forms.reverse().map((form) => [form[1], form])).values()];
}
