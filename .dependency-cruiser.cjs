// The floors of lib/ (ARCHITECTURE.md): a room imports rooms below it, never beside or above. The door to the web is below them all.
// Types, and only types, of another room on the same floor or above may be imported from its `types.ts` (and the agent's protocol).
const floors = [
  ['web', 'inputs'],
  ['tosca', 'openstack', 'oscar', 'store'],
  ['catalog', 'sites', 'nodes', 'credentials'],
  ['planning', 'leases', 'desk'],
  ['proposing'],
  ['deploying', 'workloads'],
  ['leasing', 'telling'],
  ['keeping'],
  ['api', 'auth'],
];
const outsideLib = '^(app|components|scripts|e2e|recipes)/';
const contracts = '^lib/[a-z]+/(types|protocol|schema)\\.ts$';

const rooms = floors.flatMap((names, floor) => names.map((name) => ({ name, floor })));
const floorRules = rooms.map(({ name, floor }) => ({
  name: `floor-of-${name}`,
  severity: 'error',
  comment: `lib/${name} is on floor ${floor}: it imports only floors below`,
  from: { path: `^lib/${name}/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: `^lib/(${rooms
      .filter((room) => room.floor >= floor && room.name !== name)
      .map((room) => room.name)
      .join('|')})/`,
    // sign-in is asked by the API for every request: the one door between the two rooms of the top floor
    pathNot: name === 'api' ? `${contracts}|^lib/auth/` : contracts,
  },
}));

// The rooms of lib/deploying, from the ground up: the same rule within it.
const deploying = ['kinds', 'ledger', 'nodes', 'passes', 'requests', 'work'];
const deployingRules = deploying.map((name, floor) => ({
  name: `deploying-${name}`,
  severity: 'error',
  comment: `lib/deploying/${name} imports only what is below it: ${deploying.slice(0, floor).join(', ') || 'nothing'}`,
  from: { path: `^lib/deploying/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^lib/deploying/(${deploying.slice(floor + 1).join('|')})/` },
}));

// What is drawn, from the ground up: the same rule for the folders of components/. `shared` holds what several subjects draw.
const drawn = [
  ['messages'],
  ['api'],
  ['ui'],
  ['signin'],
  ['shared'],
  ['map', 'leases'],
  ['recipes', 'configure', 'deployments', 'settings', 'sites', 'clusters'],
  ['testbed'],
  ['deployment', 'home'],
  ['shell'],
];
const folders = drawn.flatMap((names, floor) => names.map((name) => ({ name, floor })));
const drawnRules = [
  ...folders.map(({ name, floor }) => ({
    name: `components-${name}`,
    severity: 'error',
    comment: `components/${name} is on floor ${floor}: it imports only folders below; what two of one floor need goes to components/shared`,
    from: { path: `^components/${name}/` },
    to: {
      path: '^components/',
      pathNot: `^components/(${[name, ...folders.filter((other) => other.floor < floor).map((other) => other.name)].join('|')})/`,
    },
  })),
  {
    name: 'components-has-its-floors',
    severity: 'error',
    comment: 'a new folder of components/ needs a floor',
    from: {},
    to: { path: '^components/', pathNot: `^components/(${folders.map(({ name }) => name).join('|')})/` },
  },
];

// scripts/lib is below e2e, which is below what measures and tests the product from outside.
const outside = [
  {
    name: 'scripts-lib-below-all',
    severity: 'error',
    from: { path: '^scripts/lib/' },
    to: { path: '^(e2e|scripts/(?!lib/))' },
  },
  {
    name: 'journeys-use-what-starts-the-product',
    severity: 'error',
    comment: 'journeys take how the product is started from scripts/lib, and nothing else of scripts/',
    from: { path: '^e2e/' },
    to: { path: '^scripts/(?!lib/)' },
  },
  {
    name: 'figures-use-what-journeys-share',
    severity: 'error',
    comment: 'what measures in a browser takes e2e/lib, never a journey',
    from: { path: '^scripts/' },
    to: { path: '^e2e/(?!lib/)' },
  },
  { name: 'e2e-lib-below-journeys', severity: 'error', from: { path: '^e2e/lib/' }, to: { path: '^e2e/(?!lib/)' } },
];

const contractRules = rooms.map(({ name, floor }) => ({
  name: `types-only-for-${name}`,
  severity: 'error',
  comment: `of the rooms beside lib/${name} it takes types, never code`,
  from: { path: `^lib/${name}/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: rooms
      .filter((room) => room.floor >= floor && room.name !== name)
      .map((room) => `^lib/${room.name}/(types|protocol|schema)\\.ts$`),
    dependencyTypesNot: ['type-only'],
  },
}));

module.exports = {
  forbidden: [
    ...floorRules,
    ...deployingRules.slice(0, -1),
    {
      name: 'requests-ask-passes-act',
      severity: 'error',
      comment: 'what people ask for is written in the ledger; only the passes act on it',
      from: { path: '^lib/deploying/requests/', pathNot: '\\.test\\.ts$' },
      to: { path: '^lib/deploying/passes/' },
    },
    ...drawnRules,
    ...outside,
    ...contractRules,
    { name: 'core-stands-alone', severity: 'error', from: { path: '^lib/core/' }, to: { path: '^lib/(?!core/)' } },
    {
      name: 'inputs-stand-alone',
      severity: 'error',
      comment: 'the rules of a form run in the browser, too: they take nothing from the house but each other',
      from: { path: '^lib/inputs/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(lib/(?!inputs/)|node_modules/)|^(node:|fs|path|crypto)', pathNot: '^node_modules/re2js' },
    },
    {
      name: 'browser-waits-for-patterns',
      severity: 'error',
      comment: 'RE2 is large: the browser loads it after everything else, and only for a form that has patterns',
      from: { path: '^(components|app|lib/inputs)/', pathNot: '^lib/inputs/pattern\\.ts$|\\.test\\.tsx?$' },
      to: { path: '^lib/inputs/pattern\\.ts$|^node_modules/re2js', dependencyTypesNot: ['dynamic-import'] },
    },
    { name: 'lib-knows-no-screen', severity: 'error', from: { path: '^lib/' }, to: { path: outsideLib } },
    {
      name: 'nothing-imports-the-sandbox',
      severity: 'error',
      // what tests share is of tests
      from: { pathNot: '^(lib/sandbox|scripts|e2e|lib/[a-z]+/testing)/|\\.test\\.tsx?$' },
      to: { path: '^lib/sandbox/' },
    },
    {
      name: 'sandbox-stands-apart',
      severity: 'error',
      from: { path: '^lib/sandbox/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^lib/(?!sandbox/|core/|nodes/protocol)' },
    },
    {
      name: 'screens-speak-to-the-api-only',
      severity: 'error',
      comment:
        'what runs in the browser takes types from lib, never code; the exceptions are made for both: the form’s rules, and the clocks where people are',
      from: { path: '^components/' },
      to: { path: '^lib/', pathNot: '^lib/(inputs|leases/time)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(lib|components|app)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-auth-knows-next-auth',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/auth/' },
      to: { path: '^node_modules/next-auth' },
    },
    {
      name: 'only-credentials-knows-openid-client',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/credentials/' },
      to: { path: '^node_modules/openid-client' },
    },
    {
      name: 'only-openstack-knows-pkgcloud',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/openstack/' },
      to: { path: '^node_modules/pkgcloud' },
    },
    {
      name: 'only-oscar-knows-the-s3-client',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/oscar/|\\.test\\.ts$' },
      to: { path: '^node_modules/@aws-sdk/' },
    },
    {
      name: 'only-nodes-knows-ssh2',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/nodes/' },
      to: { path: '^node_modules/ssh2' },
    },
    {
      name: 'only-telling-knows-nodemailer',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/telling/' },
      to: { path: '^node_modules/nodemailer' },
    },
    {
      name: 'only-tracing-knows-opentelemetry',
      comment: 'it is loaded where traces are asked for, and nowhere else',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/core/tracing/otlp\\.ts$' },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'tracing-is-loaded-when-asked-for',
      severity: 'error',
      from: { path: '^(lib|app|components)/' },
      to: { path: '^lib/core/tracing/otlp\\.ts$', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'one-door-to-the-web',
      comment: 'what leaves the server goes through the guarded door; pools of its own would go around it',
      severity: 'error',
      from: { path: '^(lib|app)/', pathNot: '^lib/(web|sandbox)/|\\.test\\.tsx?$' },
      to: { path: '^node_modules/undici' },
    },
    {
      name: 'links-fetch-what-is-meant',
      comment: 'next/link fetches every page in sight; ours waits until somebody is about to go there',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: '^components/ui/link' },
      to: { path: '^node_modules/next/link' },
    },
    {
      name: 'only-store-knows-the-database',
      severity: 'error',
      from: { path: '^(lib|app|components)/', pathNot: '^lib/store/' },
      to: { path: '^node_modules/(pg|pg-boss|@electric-sql)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '^(\\.next|node_modules/(?!next-auth|next/link|openid-client|pkgcloud|ssh2|undici|pg|pg-boss|@electric-sql|@aws-sdk|re2js))',
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
