import type { References } from '../files/references.ts';
import type { Definition } from '../records/records.ts';

/**
 * For each alias whether its mail reaches a mailbox, when mail passes through the aliases in force alone. What is
 * wrong in itself, such as an undefined reference, counts as somebody: one mistake is reported once.
 */
export function reach(
  { aliases, edges }: References,
  isInForce: (definition: Definition) => boolean,
  presumed: ReadonlySet<number>,
): boolean[] {
  const callers = aliases.map((): number[] => []);
  const reached = aliases.map(() => false);
  const news: number[] = [];
  const mark = (alias: number): void => {
    const definition = aliases[alias]?.definition;
    if (reached[alias] === true || definition === undefined || !isInForce(definition)) return;
    reached[alias] = true;
    news.push(alias);
  };
  for (const [alias, own] of edges.entries()) {
    for (const { target } of own) if (typeof target === 'number') callers[target]?.push(alias);
  }
  for (const [alias, own] of edges.entries()) {
    if (presumed.has(alias) || own.some(({ target }) => typeof target === 'string')) mark(alias);
  }
  for (let alias = news.pop(); alias !== undefined; alias = news.pop()) {
    for (const caller of callers[alias] ?? []) mark(caller);
  }
  return reached;
}
