import { type Fault, fault } from './fault.ts';
import type { RestOperation } from './restOperation.ts';
import type { SuppressedDestination } from './suppression.ts';

export const listSuppressedDestinations: RestOperation = (ses) => ({
  SuppressedDestinationSummaries: ses.suppression.list().map(described),
});

export const putSuppressedDestination: RestOperation = (ses, { body }) => {
  ses.suppression.put(String(body.EmailAddress), body.Reason === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE');
  return {};
};

export const getSuppressedDestination: RestOperation = (ses, { name }) => {
  const found = ses.suppression.get(name);
  return found ? { SuppressedDestination: described(found) } : missing(name);
};

export const deleteSuppressedDestination: RestOperation = (ses, { name }) =>
  ses.suppression.delete(name) ? {} : missing(name);

function described(entry: SuppressedDestination): Readonly<Record<string, unknown>> {
  return { EmailAddress: entry.address, Reason: entry.reason, LastUpdateTime: entry.lastUpdate };
}

function missing(address: string): Fault {
  return fault('NotFoundException', `Email address ${address} does not exist on your suppression list.`);
}
