// The lab's GitHub, started by itself, with a check of every exchange against GitHub's own description before it.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = ['release', 'debug']
  .map((flavour) => resolve(here, '../../../artifacts/bin/SreAgent.Rehearsal', flavour, 'sre-agent-rehearsal.dll'))
  .filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];

/** A reason to skip, or false. */
export const githubMissing = program ? false : 'sre-agent-rehearsal.dll is not there: build tests/SreAgent.Rehearsal';

/** @returns what it says of itself, and `end()`, which settles with { exchanges, problems, journal }. */
export async function startGitHub() {
  const child = spawn('dotnet', [program, 'lab', 'github'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => { said += piece; });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The lab's GitHub ended: ${said}`);
    return JSON.parse(value);
  };
  const lab = await next();
  return {
    ...lab,
    baseUrl: lab.address.replace(/\/$/, ''),
    end: async () => {
      child.stdin.end();
      return next();
    },
  };
}
