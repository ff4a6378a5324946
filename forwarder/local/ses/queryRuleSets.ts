import type { ReceiptRule } from '../receive/rules.ts';
import { type Fault, fault } from './fault.ts';
import type { QueryOperation } from './queryOperation.ts';
import { type Xml, xmlOf } from './xml.ts';

export const listReceiptRuleSets: QueryOperation = (ses) => ({
  RuleSets: ses.ruleSets.list().map((name) => ({ Name: name, CreatedTimestamp: created })),
});

export const describeActiveReceiptRuleSet: QueryOperation = (ses) => {
  const name = ses.ruleSets.active();
  return name === undefined ? {} : described(name, ses.ruleSets.rules(name) ?? []);
};

export const describeReceiptRuleSet: QueryOperation = (ses, call) => {
  const name = call.get('RuleSetName') ?? '';
  const rules = ses.ruleSets.rules(name);
  return rules === undefined ? missing(name) : described(name, rules);
};

export const setActiveReceiptRuleSet: QueryOperation = (ses, call) => {
  const name = call.get('RuleSetName') ?? undefined;
  if (name !== undefined && ses.ruleSets.rules(name) === undefined) return missing(name);
  ses.ruleSets.activate(name);
  return {};
};

export const createReceiptRuleSet: QueryOperation = (ses, call) => {
  const name = call.get('RuleSetName') ?? '';
  if (ses.ruleSets.rules(name) !== undefined)
    return fault('AlreadyExists', `Rule set already exists: ${name}.`);
  ses.ruleSets.create(name, []);
  return {};
};

const created = new Date(0).toISOString();

function described(name: string, rules: readonly ReceiptRule[]): { readonly [element: string]: Xml } {
  // The template's names for a rule's parts are the API's.
  return { Metadata: { Name: name, CreatedTimestamp: created }, Rules: rules.map(xmlOf) };
}

function missing(name: string): Fault {
  return fault('RuleSetDoesNotExist', `Rule set does not exist: ${name}`);
}
