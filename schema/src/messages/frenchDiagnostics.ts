/** The diagnostics of alias files. */
export const frenchDiagnostics = {
  'the first is here': 'la première est ici',
} as const;
