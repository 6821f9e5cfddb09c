export const sections = ['credentials', 'ssh-keys', 'tokens', 'sessions', 'notifications', 'appearance'] as const;
export type SettingsSection = (typeof sections)[number];
