import type { Fault } from './types';

/** A fault as an English sentence that a person can act on. */
export function sentence(fault: Fault): string {
  return fault.entry === undefined ? said(fault) : `Entry ${fault.entry}: ${said(fault)}`;
}

function said(fault: Fault): string {
  switch (fault.key) {
    case 'required':
      return 'It must be filled in.';
    case 'text':
      return 'It must be text.';
    case 'integer':
      return 'It must be a whole number.';
    case 'number':
      return 'It must be a number.';
    case 'boolean':
      return 'It must be true or false.';
    case 'size':
      return 'It must be a size: a number and a unit, such as 4 GiB.';
    case 'bounds':
      return 'It must be a range: two whole numbers, the lower one first.';
    case 'list':
      return 'It must be a list.';
    case 'map':
      return 'It must be a map (name: value).';
    case 'least':
      return `It must be ${fault.limit} or more.`;
    case 'most':
      return `It must be ${fault.limit} or less.`;
    case 'above':
      return `It must be more than ${fault.limit}.`;
    case 'below':
      return `It must be less than ${fault.limit}.`;
    case 'range':
      return `It must be between ${fault.min} and ${fault.max}.`;
    case 'equal':
      return `It must be ${fault.value}.`;
    case 'oneOf':
      return `It must be one of ${fault.values}.`;
    case 'length':
      return `It must have ${fault.count} ${fault.of}; it has ${fault.has}.`;
    case 'minLength':
      return `It must have at least ${fault.count} ${fault.of}; it has ${fault.has}.`;
    case 'maxLength':
      return `It must have at most ${fault.count} ${fault.of}; it has ${fault.has}.`;
    case 'pattern':
      return `It must match the pattern ${fault.pattern}.`;
    case 'cidr':
      return `"${fault.text}" is no range of IPv4 addresses; write one such as 192.0.2.0/24, or 0.0.0.0/0 for everybody.`;
    case 'port':
      return `"${fault.text}" is no port; write 8080, 8080/tcp or 9000-9010/udp.`;
    case 'tooLong':
      return `It is longer than ${fault.limit} characters.`;
    case 'tooMany':
      return `It has more than ${fault.limit} elements.`;
    case 'noText':
      return 'It holds characters that are no text.';
    case 'controls':
      return 'It holds control characters (such as line ends), which are not allowed here.';
    case 'unless':
      return `It can’t be used while "${fault.label}" is ${fault.value}. ${fault.because}`;
    case 'nested':
      return 'Its elements must be simple values.';
  }
}
