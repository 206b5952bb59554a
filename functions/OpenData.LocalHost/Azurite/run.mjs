// Runs Azurite for as long as whoever started it keeps our standard input open. However that process ends, even by
// kill -9, its end of the pipe closes and Azurite writes its state and goes, leaving no orphan on its ports.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// A terminal's Ctrl-C reaches this process too; but its parent still needs storage to finish its work.
const once = process.once;
process.once = function (event, listener) {
  return event === "SIGINT" ? this : once.call(this, event, listener);
};
process.on("SIGINT", () => {});

process.stdin.resume();
process.stdin.on("end", () => {
  if (!process.emit("SIGTERM")) process.exit(0); // nothing listens yet: Azurite is still starting
});

// An Azurite whose parent was killed may still be writing its state: to read it before it is whole would lose drops.
const location = process.argv.indexOf("--location");
if (location > 0) {
  const lock = join(process.argv[location + 1], "azurite.pid");
  while (existsSync(lock) && isRunning(Number(readFileSync(lock, "utf8")))) await sleep(50);
  writeFileSync(lock, String(process.pid));
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

await import("azurite/dist/src/azurite.js");
