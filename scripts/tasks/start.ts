import { ensureBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import { reasonOf } from '../lib/reason';

// Builds what is not built, serves it, and says where.
try {
  const began = Date.now();
  console.log('Transat: checking the build …');
  if (await ensureBuilt()) console.log(`Transat: built in ${seconds(began)} s.`);
  const product = await startProduct(process.env);
  const { config } = product;
  console.log('');
  console.log(`  Transat is ready at ${product.url}   (${seconds(began)} s)`);
  if (config.sandbox) console.log('  Sandbox: sign in as any of the persons offered; two embedded clouds, nothing leaves this machine.');
  else
    console.log(
      `  Sites: ${config.sites.map((site) => site.name).join(', ') || 'none configured'}${config.directory ? ' and the built-in directory' : ''}.`,
    );
  console.log(`  Data in ${config.dataDir}. Stop with Ctrl-C.`);
  console.log('');
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= product.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close);
  const code = await product.ended;
  await closing; // what the sandbox keeps is written
  process.exit(closing ? 0 : code);
} catch (error) {
  console.error(`Transat could not start: ${reasonOf(error)}`);
  process.exit(1);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
