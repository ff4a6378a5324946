/** What SES does after a Lambda action: end the rule, end the rule set, or go on to the rule's next action. */
export interface Disposition {
  readonly disposition: 'STOP_RULE' | 'STOP_RULE_SET' | 'CONTINUE';
}
