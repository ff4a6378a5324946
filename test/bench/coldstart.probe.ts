// Loads the bundle named by the argument and has its handler answer the event in EVENT, once.
const { handler } = (await import(process.argv[2] ?? '')) as {
  handler: (event: unknown, context: unknown) => Promise<unknown>;
};
try {
  await handler(JSON.parse(process.env.EVENT ?? '{}'), { getRemainingTimeInMillis: () => 70_000 });
} catch (error) {
  // Not thrown on: Node would print the bundle's line, which is the bundle.
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
}
// Sockets that are kept alive are no part of the answer.
process.exit(0);
