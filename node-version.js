// Runs after an install, by the Node that every npm script will use. Node runs TypeScript by itself from 22.18 on; on
// Linux the install brings its own 24, so this speaks only where that package does not exist. Plain JavaScript, so that
// an old Node can read it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `This project needs Node 22.19 or later, and this is ${process.versions.node}. Install a newer one from https://nodejs.org, then run npm ci again.\n`,
  );
  process.exitCode = 1;
}
