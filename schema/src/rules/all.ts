import { aliasDomain } from './aliasDomain.ts';
import { aliasName } from './aliasName.ts';
import { allowedDomain } from './allowedDomain.ts';
import { cycle } from './cycle.ts';
import { date } from './date.ts';
import { destination } from './destination.ts';
import { domainMismatch } from './domainMismatch.ts';
import { domainName } from './domainName.ts';
import { duplicateAlias } from './duplicateAlias.ts';
import { duplicateDestination } from './duplicateDestination.ts';
import { duplicateDomain } from './duplicateDomain.ts';
import { expired } from './expired.ts';
import { fileName } from './fileName.ts';
import { inactiveReference } from './inactiveReference.ts';
import { itemTooLarge } from './itemTooLarge.ts';
import { lookAlike } from './lookAlike.ts';
import { missingRole } from './missingRole.ts';
import { nobody } from './nobody.ts';
import { noFiles } from './noFiles.ts';
import { owner } from './owner.ts';
import { placeholder } from './placeholder.ts';
import { policyName } from './policyName.ts';
import { protectedAlias } from './protectedAlias.ts';
import { providerTypo } from './providerTypo.ts';
import { referenceDepth } from './referenceDepth.ts';
import { reservedAlias } from './reservedAlias.ts';
import type { Rule } from './rule.ts';
import { tooManyInactive } from './tooManyInactive.ts';
import { undefinedReference } from './undefinedReference.ts';

/** Every rule of the third stage. Their order means nothing: diagnostics are sorted. */
export const rules: readonly Rule[] = [
  aliasDomain,
  aliasName,
  allowedDomain,
  cycle,
  date,
  destination,
  domainMismatch,
  domainName,
  duplicateAlias,
  duplicateDestination,
  duplicateDomain,
  expired,
  fileName,
  inactiveReference,
  itemTooLarge,
  lookAlike,
  missingRole,
  nobody,
  noFiles,
  owner,
  placeholder,
  policyName,
  protectedAlias,
  providerTypo,
  referenceDepth,
  reservedAlias,
  tooManyInactive,
  undefinedReference,
];
