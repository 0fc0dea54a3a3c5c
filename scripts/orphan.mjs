/**
 * npm runs a script through a shell, and a shell that is told to stop does not tell its child.
 * So whoever was started by npm stops by itself, in good order, once its parent is gone.
 */
export function stopWhenOrphaned() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watching.unref();
}
