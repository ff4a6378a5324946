import { execFileSync } from 'node:child_process';

/** Handlers are tested as the bundles that get deployed, and against the packaged template: make both once. */
export default function setup(): void {
  execFileSync('npm', ['run', '-s', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
