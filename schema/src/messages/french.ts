import { frenchComments } from './frenchComments.ts';
import { frenchDiagnostics } from './frenchDiagnostics.ts';
import { frenchNews } from './frenchNews.ts';
import { frenchReasons } from './frenchReasons.ts';

/**
 * What members read, in French, under its English text. Both are ICU messages with the same named parts. An apostrophe
 * in French is written ’, because ' quotes in that syntax.
 */
export const french = { ...frenchDiagnostics, ...frenchComments, ...frenchReasons, ...frenchNews };
