import { getAuth } from '@/lib/auth';
import { apiRoot, createDispatcher } from './http/dispatch';
import { leadPastNext } from './http/past-next';
import { routes } from './routes';
import { getServices } from './services';

/** Answers every request below /api/v1. */
export const answerApi = createDispatcher({
  routes,
  identify: async (asking) => (await getAuth()).identify(asking),
  services: getServices,
});

/** Has what nodes say answered past Next from now on, where the code does not change while it runs. */
export function leadNodesPastNext(): void {
  if (process.env.NODE_ENV === 'production') leadPastNext(`${apiRoot}/agent/`, answerApi);
}

export { readAbout } from './about';
export { answerHealth, answerMetrics, answerReadiness } from './health';
export { answerRefused } from './http/before-next';
export { answerLeaving, answerSigningIn } from './leaving';
