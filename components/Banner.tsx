import clsx from "clsx";
import type { ReactNode } from "react";
import { Shape, type ShapeName } from "./Shape.tsx";

export type BannerTone = "info" | "hold" | "stop" | "ok";

const looks: Record<BannerTone, readonly [string, ShapeName]> = {
  info: ["border-accent/25 bg-accent-soft text-accent-ink", "ring"],
  hold: ["border-hold/25 bg-hold-soft text-hold", "diamond"],
  stop: ["border-stop/25 bg-stop-soft text-stop", "triangle"],
  ok: ["border-ok/25 bg-ok-soft text-ok", "tick"],
};

export interface BannerProps {
  tone?: BannerTone;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once when it appears: for the answer to something the person just did. */
  live?: boolean;
}

/** A sentence over the screen or over a form: what is so, why it matters, what to do. */
export function Banner({ tone = "info", title, children, actions, live = false }: BannerProps) {
  const [look, shape] = looks[tone];
  return (
    <div
      role={live ? (tone === "stop" ? "alert" : "status") : undefined}
      className={clsx(
        "flex flex-wrap items-baseline gap-x-2.5 gap-y-1 rounded-md border px-3 py-2 text-sm",
        look,
      )}
    >
      <span className="flex min-w-0 flex-1 basis-56 gap-2.5">
        <span className="flex h-[18px] items-center">
          <Shape name={shape} />
        </span>
        <span className="min-w-0">
          {title && <b className="font-semibold">{title} </b>}
          {children}
        </span>
      </span>
      {actions && (
        <span className="flex gap-3 font-medium [&_a]:underline [&_a]:underline-offset-2">{actions}</span>
      )}
    </div>
  );
}
