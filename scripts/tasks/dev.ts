import { startProduct } from '../lib/product';

// The product with `next dev`: pages compile on demand and reload on change.
const product = await startProduct({ ...process.env, NODE_ENV: 'development' }, 'dev');
console.log(`Transat (development) is at ${product.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void product.close().then(() => process.exit(0)));
process.exit(await product.ended);
