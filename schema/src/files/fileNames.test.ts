import { describe, expect, it } from 'vitest';
import { meantName } from './fileNames.ts';

describe('a file that is not read', () => {
  it.each([
    ['example.net', 'example.net.yml'],
    ['Example.NET', 'example.net.yml'],
    ['bücher.example', 'xn--bcher-kva.example.yml'],
    ['verein.pl', 'verein.pl.yml'],
    ['example.net.yml.txt', 'example.net.yml'],
    ['example.net.yaml.bak', 'example.net.yml'],
    ['example.net.yml~', 'example.net.yml'],
    ['example.net.yml (1)', 'example.net.yml'],
    ['example.net.ymal', 'example.net.yml'],
    ['new/example.net.yml', 'example.net.yml'],
    ['new/2027/Example.net.yaml', 'example.net.yml'],
    ['new/example.net', 'example.net.yml'],
    ['new/_shared.yml', '_shared.yml'],
    ['_policy', '_policy.yml'],
    ['_Shared.yml.txt', '_shared.yml'],
    ['_policy.txt', '_policy.yml'],
  ])('%s is meant to be %s', (name, meant) => {
    expect(meantName(name)).toBe(meant);
  });

  it.each([
    'example.net.yml',
    'example.net.yaml',
    '_shared.yml',
    '_other.yml',
    'README.md',
    'README.de',
    'notes.txt',
    'verein.md',
    'CODEOWNERS',
    '.example.net',
    '.drafts/example.net.yml',
    'new/.example.net.yml',
    'docs/config.yml',
    'docs/_other.yml',
    'package.json',
    'photo.JPG',
    'notes.yml.txt',
    '2026.12',
  ])('%s is read, or is nothing like an alias file', (name) => {
    expect(meantName(name)).toBeUndefined();
  });
});
