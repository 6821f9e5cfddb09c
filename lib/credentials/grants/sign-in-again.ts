import { AppError } from '@/lib/core/errors';
import { isDeviceProvider } from '../device/device-provider';

/** The error for tokens that can't be renewed. @param provider as in the configuration, or one that was connected by the device flow */
export function signInAgain({ id, name }: { id: string; name: string }): AppError {
  if (isDeviceProvider(id)) {
    return new AppError({
      code: 'credential-expired',
      title: `Your connection with ${name} has ended`,
      detail: `${name} no longer honours what you approved for Transat.`,
      cause: 'It was too long ago, or you or the provider ended it.',
      remedy: `Connect with ${name} again in Settings → Credentials. What you deployed stays as it is.`,
    });
  }
  return new AppError({
    code: 'session-expired',
    title: 'Your sign-in has ended',
    detail: `${name} no longer honours your sign-in.`,
    cause: 'It was too long ago, or you or the provider ended it.',
    remedy: 'Sign in again. What you deployed stays as it is.',
  });
}
