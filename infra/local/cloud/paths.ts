import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything the local cloud keeps lives under one git-ignored folder, so that deleting it is a full reset. */
export interface LocalPaths {
  readonly root: string;
  readonly local: string;
  readonly venvs: string;
  readonly tls: string;
  readonly logs: string;
  /**
   * Temporary files of MiniStack and its Lambda workers, whose command lines carry this path. Outside the
   * repository, or an unbundled import of a function would find our node_modules and fail only in AWS.
   */
  readonly tmp: string;
  readonly stateFile: string;
  readonly outputsFile: string;
  /** The synthesised stacks. */
  readonly assembly: string;
  /** Names the cloud that was bootstrapped last. */
  readonly bootstrapFile: string;
  readonly cloudLog: string;
  readonly installLog: string;
  readonly deployLog: string;
  readonly requirements: string;
  readonly launcher: string;
}

export const localPaths = (root: string): LocalPaths => {
  const local = join(root, '.local');
  const logs = join(local, 'logs');
  return {
    root,
    local,
    venvs: join(local, 'venv'),
    tls: join(local, 'tls'),
    logs,
    tmp: join(tmpdir(), `switchyard-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`),
    stateFile: join(local, 'state.json'),
    assembly: join(local, 'cdk.out'),
    bootstrapFile: join(local, 'bootstrapped'),
    outputsFile: join(local, 'outputs.json'),
    cloudLog: join(logs, 'cloud.log'),
    installLog: join(logs, 'install.log'),
    deployLog: join(logs, 'deploy.log'),
    requirements: join(root, 'infra/local/cloud/requirements.txt'),
    launcher: join(root, 'infra/local/cloud/launcher.py'),
  };
};
