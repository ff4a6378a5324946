// Loads the bundle named by the argument, has its handler answer the event on standard input, once, and prints the
// process's peak of memory in bytes as the last line.
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const { handler } = (await import(process.argv[2] ?? '')) as {
  handler: (event: unknown, context: unknown) => Promise<unknown>;
};
await handler(JSON.parse(Buffer.concat(chunks).toString()), { getRemainingTimeInMillis: () => 30_000 });
process.stdout.write(`\n${process.resourceUsage().maxRSS * 1_024}\n`);
// Sockets that are kept alive are no part of the answer.
process.exit(0);
