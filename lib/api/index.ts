import { getAuth } from '@/lib/auth';
import { everywhere, noPage } from './http/browser-headers';
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

/** Has the API answer past Next from now on, where the code does not change while it runs. */
export function leadApiPastNext(): void {
  if (process.env.NODE_ENV === 'production') leadPastNext(`${apiRoot}/`, answerApi, { ...everywhere, ...noPage });
}

export { readAbout } from './about';
export { answerHealth, answerMetrics, answerReadiness } from './health';
export { answerRefused } from './http/before-next';
export { answerLeaving, answerSigningIn } from './leaving';
