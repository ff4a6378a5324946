/** The comments on a pull request. */
export const frenchComments = {
  '{count, plural, one {# address gets} other {# addresses get}} other mail':
    '{count, plural, one {# adresse reçoit} other {# adresses reçoivent}} un autre courrier',
} as const;
