import { describe, expect, it } from 'vitest';
import { withSharedFunctions } from './shared-functions';

const read = (name: string) =>
  name === 'words.sh' ? '#!/usr/bin/env bash\n# Words.\n# shellcheck source=a\nsay() { echo "$1 $& $$"; }\n' : undefined;

describe('functions that scripts share', () => {
  it('stand in a script where it names their file, as they are', () => {
    expect(withSharedFunctions('#!/usr/bin/env bash\nset -e\n. ../shared/words.sh\nsay hello\n', read)).toBe(
      '#!/usr/bin/env bash\nset -e\n# Words.\nsay() { echo "$1 $& $$"; }\nsay hello\n',
    );
  });

  it.each([
    'say hello\n',
    '. ../shared/others.sh\n',
    '  . ../shared/words.sh\n',
    'echo . ../shared/words.sh\n',
    '. ../shared/../words.sh\n',
    '. /etc/words.sh\n',
  ])('and nothing else is changed: %j', (text) => expect(withSharedFunctions(text, read)).toBe(text));
});
