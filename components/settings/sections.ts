export const sections = ['credentials', 'ssh-keys', 'tokens', 'appearance'] as const;
export type SettingsSection = (typeof sections)[number];
