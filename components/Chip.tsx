import clsx from "clsx";
import type { ReactNode } from "react";
import { Shape, type ShapeName } from "./Shape.tsx";

export type Tone = "ok" | "hold" | "stop" | "crit" | "high" | "med" | "low" | "info" | "accent" | "plain";

const tones: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  hold: "bg-hold-soft text-hold",
  stop: "bg-stop-soft text-stop",
  crit: "bg-crit-soft text-crit",
  high: "bg-high-soft text-high",
  med: "bg-med-soft text-med",
  low: "bg-low-soft text-low",
  info: "bg-info-soft text-info",
  accent: "bg-accent-soft text-accent-ink",
  plain: "bg-mute-soft text-ink-2",
};

export interface ChipProps {
  tone?: Tone;
  shape?: ShapeName;
  title?: string;
  children: ReactNode;
  className?: string;
}

/** A word about a state. Give it a shape whenever the tone means something. */
export function Chip({ tone = "plain", shape, title, children, className }: ChipProps) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex h-5 items-center gap-[5px] rounded-[5px] px-[7px] align-middle text-xs font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {shape && <Shape name={shape} />}
      {children}
    </span>
  );
}
