/** Whether a path is in the cluster's own storage, by how a definition names it. */
export const isOwnStore = (provider: string): boolean => provider === 'minio' || provider === 'minio.default';
