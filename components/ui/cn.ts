import { type ClassValue, clsx } from 'clsx';
import { createTailwindMerge, validators } from 'tailwind-merge';

const any = [validators.isAny];
const sides = (prefix: string) => ['x', 'y', 't', 'b', 'l', 'r'].map((side) => `${prefix}${side}`);

/** Properties whose classes are their name and any value. */
const plain = [
  `p m w h size min-w min-h max-w max-h basis aspect gap gap-x gap-y space-y inset inset-x inset-y top bottom left right z col-start col-span`,
  `grid-cols items place-items self align list leading tracking opacity rotate translate-y transition duration fill stroke bg rounded-t shadow`,
  `overflow overflow-x overflow-y cursor select pointer-events appearance accent justify whitespace underline-offset outline-offset`,
  `backdrop-blur animate`,
]
  .flatMap((names) => names.split(' '))
  .concat(sides('p'), sides('m'));

/** Properties whose class names do not say them, or that share the beginning of their names. */
const special = {
  display: ['block', 'inline', 'inline-block', 'flex', 'inline-flex', 'grid', 'contents', 'table', 'hidden'],
  position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
  visibility: ['visible', 'invisible'],
  flex: [{ flex: ['1', 'none', 'auto'] }],
  'flex-direction': [{ flex: ['row', 'col', 'row-reverse', 'col-reverse'] }],
  'flex-wrap': [{ flex: ['wrap', 'nowrap'] }],
  grow: ['grow', 'grow-0'],
  shrink: ['shrink', 'shrink-0'],
  'font-family': [{ font: ['mono', 'sans'] }],
  'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
  'text-size': [{ text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '4xl', '5xl', validators.isArbitraryLength] }],
  'text-align': [{ text: ['left', 'center', 'right', 'start', 'end'] }],
  'text-color': [{ text: any }],
  rounded: [{ rounded: ['', ...any] }],
  border: [{ border: ['', '0', '2'] }],
  ...Object.fromEntries(['x', 't', 'b', 'r', 'l'].map((side) => [`border-${side}`, [{ [`border-${side}`]: ['', '0', '2'] }]])),
  'border-style': [{ border: ['solid', 'dashed'] }],
  'border-color': [{ border: any }],
  'divide-y': [{ 'divide-y': ['', '0'] }],
  'divide-color': [{ divide: any }],
};

/** What a property takes back of others that came before it. */
const takesBack = {
  p: sides('p'),
  px: ['pl', 'pr'],
  py: ['pt', 'pb'],
  m: sides('m'),
  mx: ['ml', 'mr'],
  my: ['mt', 'mb'],
  size: ['w', 'h'],
  gap: ['gap-x', 'gap-y'],
  inset: ['inset-x', 'inset-y', 'top', 'bottom', 'left', 'right'],
  'inset-x': ['left', 'right'],
  'inset-y': ['top', 'bottom'],
  flex: ['basis', 'grow', 'shrink'],
  rounded: ['rounded-t'],
  overflow: ['overflow-x', 'overflow-y'],
  border: ['border-x', 'border-t', 'border-b', 'border-r', 'border-l'],
  'border-x': ['border-r', 'border-l'],
  'text-size': ['leading'],
};

// only the classes that are used here: all that Tailwind has would be 5 KiB more on every page
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: { ...Object.fromEntries(plain.map((name) => [name, [{ [name]: any }]])), ...special },
  conflictingClassGroups: takesBack,
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: [],
}));

/** Joins class names; of two that set the same property, the later wins. */
export function cn(...names: ClassValue[]): string {
  return merge(clsx(names));
}
