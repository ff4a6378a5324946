import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Writes the keys of the SDK's schemas out: `{ [_hH]: … }` becomes `{ "httpHeader": … }`. A computed key might have
 * effects, for all that esbuild can tell, and so it keeps the schemas of every operation of a service for the sake of
 * the one that is called.
 */
export const schemaKeys: Plugin = {
  name: 'schema-keys',
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/ },
      async ({ path }) => ({
        contents: withKeys(await readFile(path, 'utf8')),
        loader: 'js',
      }),
    );
  },
};

function withKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
