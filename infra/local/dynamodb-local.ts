/**
 * `npm run test:dynamodb-local`: runs the contract suite of the stock ledger on AWS's own engine. Needs Java 17 and, the
 * first time, Maven to fetch it; what is missing is named, and the suite then fails. Arguments go to jest.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './cloud/commands.ts';
import { LocalCloudError, tailOf } from './cloud/failure.ts';
import { choosePort } from './cloud/ports.ts';

const VERSION = '3.1.0';
const JAVA = 17;
const FIRST_PORT = 18_000;
const START_SECONDS = 60;
const root = join(import.meta.dirname, '../..');
const home = join(root, '.local', 'dynamodb-local', VERSION);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>dynamodb-local</artifactId><version>1</version>
<dependencies><dependency><groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId>
<version>${VERSION}</version></dependency></dependencies></project>`;

/** The engine is a Java program: said before anything is fetched for it. */
const requireJava = async (): Promise<void> => {
  const asked = await run('java', ['-version']);
  if (asked.failure !== undefined)
    throw new LocalCloudError('There is no Java.', `Install a Java ${JAVA} runtime: the command is java.`);
  // `openjdk version "17.0.15" 2025-04-15`; before 9 it was "1.8".
  const major = Number(/version "(?:1\.)?(\d+)/.exec(asked.output)?.[1]);
  if (asked.code !== 0 || !(major >= JAVA))
    throw new LocalCloudError(
      `DynamoDB Local needs Java ${JAVA} or newer.`,
      `This is: ${tailOf(asked.output, 1)}`,
    );
};

/** The engine with everything it needs; moved into place when complete, so that a cut-off download is not taken for one. */
const fetchEngine = async (): Promise<string> => {
  const lib = join(home, 'lib');
  if (existsSync(lib)) return lib;
  say(`Fetching DynamoDB Local ${VERSION} with Maven.`);
  const partial = join(home, 'partial');
  await rm(partial, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'pom.xml'), POM);
  const fetched = await run(
    'mvn',
    ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`, '-DincludeScope=runtime'],
    { cwd: home },
  );
  if (fetched.failure !== undefined)
    throw new LocalCloudError('Maven cannot be started.', 'Install it: the command is mvn.');
  if (fetched.code !== 0)
    throw new LocalCloudError(
      `Maven could not fetch DynamoDB Local:\n${tailOf(fetched.output)}\n`,
      'Try again with a network.',
    );
  await rename(partial, lib);
  return lib;
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect({ port, host: '127.0.0.1' });
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });

const startEngine = async (lib: string, port: number): Promise<ChildProcess> => {
  const java = spawn(
    'java',
    [
      `-Djava.library.path=${lib}`,
      '-cp',
      join(lib, '*'),
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  let isDown = false;
  java.once('error', () => (isDown = true));
  java.once('exit', () => (isDown = true));
  for (let second = 0; second < START_SECONDS * 4; second += 1) {
    if (await isListening(port)) return java;
    if (isDown) break;
    await wait(250);
  }
  java.kill('SIGKILL');
  throw new LocalCloudError(
    'DynamoDB Local does not start.',
    `Look at what its program says: java -jar ${lib}/DynamoDBLocal.jar`,
  );
};

const runSuite = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const jest = spawn(
      process.execPath,
      [
        join(root, 'node_modules/jest/bin/jest.js'),
        '--selectProjects',
        'integration',
        '--testPathPatterns',
        'integration/inventory/dynamo-',
        ...process.argv.slice(2),
      ],
      {
        cwd: root,
        env: { ...process.env, DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` },
        stdio: 'inherit',
      },
    );
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });

try {
  await requireJava();
  const lib = await fetchEngine();
  const port = await choosePort(FIRST_PORT);
  const engine = await startEngine(lib, port);
  process.on('exit', () => engine.kill('SIGKILL'));
  process.exitCode = await runSuite(port);
  engine.kill();
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
