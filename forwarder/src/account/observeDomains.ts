import { GetIdentityNotificationAttributesCommand, type SESClient } from '@aws-sdk/client-ses';
import { GetEmailIdentityCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { defaultMailFrom, dkimName, dkimTarget } from './dnsRecords.ts';
import type { Dns } from './dnsResolver.ts';
import type { BounceSenderFacts, DnsFacts, DomainFacts, IdentityFacts } from './findings.ts';
import { allParts, mapPart } from './part.ts';
import { orMissing } from './place.ts';

interface DomainPlaces {
  readonly ses: SESClient;
  readonly sesv2: SESv2Client;
  readonly dns: Dns;
}

/** What SES and the DNS know of a domain. */
export async function observeDomain(places: DomainPlaces, domain: string): Promise<DomainFacts> {
  const identity = await observeIdentity(places, domain);
  const dns = await observeDns(places.dns, domain, identity);
  return { domain, dns, ...(identity === undefined ? {} : { identity }) };
}

async function observeIdentity(
  { ses, sesv2 }: DomainPlaces,
  domain: string,
): Promise<IdentityFacts | undefined> {
  const found = await orMissing(sesv2.send(new GetEmailIdentityCommand({ EmailIdentity: domain })));
  if (found === undefined) return undefined;
  const { NotificationAttributes } = await ses.send(
    new GetIdentityNotificationAttributesCommand({ Identities: [domain] }),
  );
  const topics = NotificationAttributes?.[domain];
  const mailFrom = found.MailFromAttributes?.MailFromDomain;
  return {
    verified: found.VerifiedForSendingStatus === true,
    dkimTokens: found.DkimAttributes?.Tokens ?? [],
    feedbackForwarding: found.FeedbackForwardingStatus !== false,
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(topics?.BounceTopic === undefined ? {} : { bounceTopic: topics.BounceTopic }),
    ...(topics?.ComplaintTopic === undefined ? {} : { complaintTopic: topics.ComplaintTopic }),
  };
}

async function observeDns(dns: Dns, domain: string, identity: IdentityFacts | undefined): Promise<DnsFacts> {
  const mailFrom = identity?.mailFrom ?? defaultMailFrom(domain);
  const tokens = identity?.dkimTokens ?? [];
  const [mx, dmarc, mailFromMx, mailFromTxt, dkim] = await Promise.all([
    dns.mx(domain),
    dns.txt(`_dmarc.${domain}`),
    dns.mx(mailFrom),
    dns.txt(mailFrom),
    Promise.all(
      tokens.map(async (token) =>
        mapPart(await dns.cname(dkimName(token, domain)), (targets) =>
          targets.includes(dkimTarget(token)) ? [token] : [],
        ),
      ),
    ),
  ]);
  return { mx, dmarc, mailFromMx, mailFromTxt, dkim: mapPart(allParts(dkim), (found) => found.flat()) };
}

/** Whether SES sends from an address: itself, its domain or one above must be an identity that it has verified. */
export async function observeBounceSender(sesv2: SESv2Client, address: string): Promise<BounceSenderFacts> {
  const domain = address.split('@').at(-1) ?? '';
  const identities = await Promise.all(
    [address, ...parentDomains(domain)].map((EmailIdentity) =>
      orMissing(sesv2.send(new GetEmailIdentityCommand({ EmailIdentity }))),
    ),
  );
  return { domain, isVerified: identities.some((found) => found?.VerifiedForSendingStatus === true) };
}

/** A domain and those above it, but for the last label. */
function parentDomains(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
