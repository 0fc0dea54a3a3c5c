export const ownPackages: readonly string[];
export function ensureExample(name: string): Promise<void>;
export class RegistryUnreachable extends Error {}
