/** A command of a guide, as it is typed, and the lines that the guide says it prints, `…` for what it leaves out. */
export interface GuideStep {
  readonly command: string;
  readonly prints: readonly string[];
}

/**
 * Reads the steps of a section of the second level: each fenced `sh` block is a command, and a `text` block after it is
 * what it prints, line by line.
 */
export function readGuide(markdown: string, title: string): GuideStep[] {
  const section = markdown.split(/^## /m).find((one) => one.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`There is no section "${title}".`);
  const steps: GuideStep[] = [];
  for (const [, language, text = ''] of section.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)) {
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ command: text, prints: [] });
    else if (language === 'text' && last?.prints.length === 0) {
      steps[steps.length - 1] = { ...last, prints: text.split('\n') };
    } else throw new Error(`A block of the guide is neither a command nor what one prints: ${text}`);
  }
  return steps;
}
