import type { Command } from 'commander';
import { join } from 'node:path';
import { makeApiClient, type ApiClient } from './api-client.ts';
import { makeOutput, type Output } from './output.ts';
import { chooseSettings, readLocalSession, type LocalSession, type Settings } from './settings.ts';

export type Session = { readonly api: ApiClient; readonly out: Output; readonly local: LocalSession };

/** The root of the checkout. */
export const PROJECT = join(import.meta.dirname, '..', '..');

const settingsOf = (command: Command): Settings & { readonly json: boolean } => {
  const flags = command.optsWithGlobals<{ url?: string; key?: string; json?: boolean }>();
  return { ...chooseSettings(flags, process.env, readLocalSession(PROJECT)), json: flags.json ?? false };
};

/** What every command works with: the API as this call names it, and where to write. */
export const openSession = (command: Command): Session => {
  const { url, key, session, json } = settingsOf(command);
  return { api: makeApiClient({ url, key }), out: makeOutput(json), local: session };
};
