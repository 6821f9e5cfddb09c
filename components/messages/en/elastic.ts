/** Groups of nodes that come and go by their queue. */
export const elastic = {
  'elastic.title': 'Nodes by the queue',
  'elastic.bounds': 'are {count} now, and may be {least} to {most}',
  'elastic.queue.pods': { one: '{count} pod waits,', other: '{count} pods wait,' },
  'elastic.queue.jobs': { one: '{count} job waits,', other: '{count} jobs wait,' },
  'elastic.nothingHeard': 'Nothing was heard of the queue yet',
  'elastic.idle': { one: 'a node goes after {count} minute without work', other: 'a node goes after {count} minutes without work' },
  'elastic.decisions': 'What was decided of {label} last',
} as const;
