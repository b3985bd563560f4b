export * from './domain/instance.ts';
export * from './domain/choose-nodes.ts';
