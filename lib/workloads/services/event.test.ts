import { expect, test } from 'vitest';
import { asEvent } from './event';

const record = '{"Records": [{"s3": {"bucket": {"name": "fish"}, "object": {"key": "in/a.jpg"}}}]}';

test.each([
  ['an event of a storage', record, record],
  ['one that another cluster passed on', '{"storage_provider":"minio.eu","event":"{}"}', '{"storage_provider":"minio.eu","event":"{}"}'],
  ['a text', 'hello  world\\n*', 'aGVsbG8gIHdvcmxkXG4q'],
  ['a text that could be taken for base64', 'test', 'dGVzdA=='],
  ['an object of one’s own', '{"a": "b\\n"}', 'eyJhIjogImJcbiJ9'],
  ['a list', '[1]', 'WzFd'],
  ['null', 'null', 'bnVsbA=='],
  ['letters of the world', 'año', 'YcOxbw=='],
  ['nothing', '', ''],
])('%s is posted so that a program reads it as it was written', (_what, text, posted) => {
  expect(asEvent(text)).toBe(posted);
});
