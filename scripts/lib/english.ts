/** Small words that only one of the two languages has, as far as sentences go: `a`, `no`, `me` and their like are in both. */
const english = new Set(
  'the of and to is are was were be been has have had with for from that this these those it its on by at an or not which you your they their there what who whose where when while will would can could may must as if than then into out each every other another nothing nobody whatever'.split(
    ' ',
  ),
);
const spanish = new Set(
  'el la los las un una unos unas de del al y o que en con por para su sus es son está están se lo le les más sin ya si como cuando donde hay ha han fue sobre entre desde hasta esta este estos estas ese esa eso cada todo toda todos todas nada nadie'.split(
    ' ',
  ),
);

/**
 * Texts of a Spanish screen that are English: word for word one of ours, or a sentence by the look of it, with two different small words of English and none of
 * Spanish. A sentence in Spanish that quotes English words has small words of its own; names have none, and those
 * of a message's parameters are not shown.
 * @param ours English texts of the product that Spanish says otherwise
 */
export function englishIn(texts: Iterable<string>, ours: ReadonlySet<string>): string[] {
  return [...new Set([...texts].map((text) => text.replaceAll(/\s+/g, ' ').trim()))].filter((text) => ours.has(text) || looksEnglish(text));
}

function looksEnglish(text: string): boolean {
  const words = new Set(
    text
      .replaceAll(/\{\w*\}/g, '')
      .toLowerCase()
      .match(/\p{L}+/gu),
  );
  return !words.isDisjointFrom(english) && words.isDisjointFrom(spanish) && words.intersection(english).size >= 2;
}
