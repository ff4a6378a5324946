import { type Address, parseAddress } from '../../../schema/src/text/address.ts';
import { loopMarker } from './fieldNames.ts';
import { trimBlank, unfold } from './lines.ts';
import type { RawField } from './message.ts';

/** What a marker says: that we forwarded a mail for an alias. Anybody can write one. */
export interface Marker {
  readonly alias: Address;
  /** SES's id of that mail, which is known to those alone whom it reached. */
  readonly messageId: string;
}

/** Of 5,000 real mails none had more than 15. */
const receivedLimit = 25;

/** Whether a mail has passed more hosts than any real mail does (RFC 5321 6.3). */
export function hasTooManyHops(fields: readonly RawField[]): boolean {
  return fields.filter(({ key }) => key === 'received').length > receivedLimit;
}

export function markerField({ alias, messageId }: Marker): string {
  return `${loopMarker}: ${alias}; id=${messageId}`;
}

/** The markers of a mail; who believes one looks the id up. */
export function markersOf(fields: readonly RawField[]): Marker[] {
  return fields.filter(isMarker).flatMap(({ value }): Marker[] => {
    const [, written = '', messageId = ''] =
      /^([^;]+); id=([\w-]{1,100})$/.exec(trimBlank(unfold(value))) ?? [];
    const alias = parseAddress(written).value;
    return alias === undefined ? [] : [{ alias, messageId }];
  });
}

export function isMarker({ key }: Pick<RawField, 'key'>): boolean {
  return key === loopMarker.toLowerCase();
}
