import { readFile } from 'node:fs/promises';
import type { OnLoadResult, Plugin } from 'esbuild';

/** Lets esbuild leave out of a bundle the operations of the SDK that nothing calls. */
export const shakeSdk: Plugin = {
  name: 'shake-sdk',
  setup({ onLoad }) {
    const rewrite = (filter: RegExp, change: (source: string) => string) =>
      onLoad({ filter }, async ({ path }): Promise<OnLoadResult> => {
        return { contents: change(await readFile(path, 'utf8')), loader: 'js' };
      });
    rewrite(/[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/, withKeys);
    rewrite(/[\\/]@aws-sdk[\\/]lib-dynamodb[\\/]dist-es[\\/]pagination[\\/]\w+\.js$/, withPureCalls);
  },
};

/**
 * Writes the keys of the SDK's schemas out: `{ [_hH]: … }` becomes `{ "httpHeader": … }`. A computed key might have
 * effects, for all that esbuild can tell, and so it keeps the schemas of every operation of a service for the sake of
 * the one that is called.
 */
function withKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}

/** The package does not say that it has no side effects: its paginators alone would keep Scan and Query. */
function withPureCalls(source: string): string {
  return source.replaceAll('= createPaginator(', '= /* @__PURE__ */ createPaginator(');
}
