const booleans = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const dates = /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
const integers = /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/;
const floats =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Numbers that are written out again as they stand. */
const canonical = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d{0,9})\.(?:0|\d{0,2}[1-9]))$/;

/**
 * What YAML 1.1 (yaml.org/type), as PyYAML resolves it and so openstacksdk, makes of a text without quotes, where that is no longer
 * the same text. `1e3` and `0o17` are texts there.
 */
export function otherThanText(text: string): 'boolean' | 'number' | 'date' | undefined {
  if (booleans.test(text)) return 'boolean';
  if (dates.test(text)) return 'date';
  if (integers.test(text) || floats.test(text)) return canonical.test(text) ? undefined : 'number';
  return undefined;
}

/** What a setting says that is yes or no, however it is written; undefined where it is neither. */
export function yesOrNo(text: string): boolean | undefined {
  if (/^(?:yes|true|on|1)$/i.test(text)) return true;
  return /^(?:no|false|off|0)$/i.test(text) ? false : undefined;
}
