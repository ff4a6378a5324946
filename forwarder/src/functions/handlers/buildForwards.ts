import { type Milliseconds, toSeconds } from '../../../../schema/src/text/time.ts';
import { type BuildLease, underLease } from '../../build/lease.ts';
import type { Build } from '../../build/planBuild.ts';
import { type BuildTables, rebuild } from '../../build/rebuild.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';
import { eventTime } from './eventTime.ts';

export interface BuildPorts {
  readonly tables: BuildTables;
  readonly lease: BuildLease;
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
  /** A new name for whoever holds the lease. */
  readonly newHolder: () => string;
}

/** Builds everything, whatever the event asks for; the time of a scheduled one decides what has expired. */
export function createBuildForwards(ports: BuildPorts, options: { readonly softBounceLimit: number }) {
  const { tables, lease, telemetry, clock, newHolder } = ports;
  return async (event: unknown): Promise<void> => {
    const now = toSeconds(eventTime(event, clock));
    const seconds = () => toSeconds(clock());
    const leased = await underLease(lease, newHolder(), seconds, async ({ renew, publish }) => {
      const rebuilt = await rebuild(tables, { now, softBounceLimit: options.softBounceLimit, renew });
      if (rebuilt.kind === 'gated') {
        telemetry.say('a sync is writing', { recounts: rebuilt.recounts.length });
        return;
      }
      if (rebuilt.build.refused !== 'all') await publish(rebuilt.number);
      say(rebuilt.build, telemetry);
    });
    if (leased === 'asked') telemetry.say('another build does it', {});
    if (leased === 'lost') throw new Error('Builds were asked for faster than they end.');
  };
}

function say(build: Build, telemetry: Telemetry): void {
  const { puts, recounts, removes, publication, skipped, kept, refused } = build;
  if (refused === 'all') {
    telemetry.count('build-refused');
    telemetry.alarm('There is no definition: the rows stay as they are', {});
    return;
  }
  telemetry.count('build-refused', refused.length);
  telemetry.count('build-skipped', skipped);
  const domains = publication.withdrawn.length + publication.last.length;
  const counts = { puts: puts.length, recounts: recounts.length, removes: removes.length, domains, skipped };
  telemetry.say('built', { ...counts, kept: kept.length });
  for (const domain of refused)
    telemetry.alarm('A domain could not be published and stays as it is', { domain });
}
