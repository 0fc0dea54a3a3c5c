"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "./Button.tsx";
import { Shape } from "./Shape.tsx";

const everyMs = 5_000;

/**
 * Shows the screen as it is now, every five seconds while it is looked at, until paused. Never on a screen where
 * something is decided: what a person reads there must not change under their eyes.
 */
export function KeepFresh() {
  const router = useRouter();
  const [on, setOn] = useState(true);
  useEffect(() => {
    if (!on) return;
    const refresh = () => {
      if (document.visibilityState === "visible" && !busy()) router.refresh();
    };
    const timer = setInterval(refresh, everyMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [on, router]);
  return (
    <Button
      variant="quiet"
      aria-pressed={on}
      data-screen-only=""
      title={on ? "This screen keeps itself up to date. Press to pause." : "Paused. Press to go on."}
      onClick={() => setOn(!on)}
    >
      <span className={on ? "text-ok" : "text-ink-3"}>
        <Shape name={on ? "dot" : "pause"} />
      </span>
      {on ? "Live" : "Paused"}
    </Button>
  );
}

/** Somebody types or answers a question: leave the screen alone. */
function busy(): boolean {
  const { activeElement } = document;
  return (
    document.querySelector("[role=dialog]") !== null ||
    activeElement instanceof HTMLInputElement ||
    activeElement instanceof HTMLTextAreaElement ||
    activeElement instanceof HTMLSelectElement
  );
}
