export function buildPage(folder: string, mode?: 'production' | 'development'): Promise<void>;
