export const sections = ['credentials', 'ssh-keys', 'tokens', 'sessions', 'appearance'] as const;
export type SettingsSection = (typeof sections)[number];
