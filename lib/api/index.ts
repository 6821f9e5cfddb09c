import { getAuth } from '@/lib/auth';
import { createDispatcher } from './http/dispatch';
import { routes } from './routes';
import { getServices } from './services';

/** Answers every request below /api/v1. */
export const answerApi = createDispatcher({
  routes,
  identify: async (asking) => (await getAuth()).identify(asking),
  services: getServices,
});

export { readAbout } from './about';
export { answerHealth, answerMetrics, answerReadiness } from './health';
export { answerRefused } from './http/before-next';
export { answerLeaving, answerSigningIn } from './leaving';
