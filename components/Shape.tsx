/** The small sign in a chip: what it says is readable without its colour. */
export type ShapeName =
  | "triangle"
  | "diamond"
  | "square"
  | "dot"
  | "ring"
  | "dashed"
  | "half"
  | "pause"
  | "cross"
  | "minus"
  | "tick";

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.6, strokeLinecap: "round" } as const;

export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0" fill="currentColor">
      {draw(name)}
    </svg>
  );
}

function draw(name: ShapeName) {
  switch (name) {
    case "triangle":
      return <path d="M4 .4 8 7.6H0z" />;
    case "diamond":
      return <path d="M4 0 8 4 4 8 0 4z" />;
    case "square":
      return <rect x=".6" y=".6" width="6.8" height="6.8" rx="1" />;
    case "dot":
      return <circle cx="4" cy="4" r="3.4" />;
    case "ring":
      return <circle cx="4" cy="4" r="3" {...stroke} />;
    case "dashed":
      return <circle cx="4" cy="4" r="3" {...stroke} strokeDasharray="1.4 2.2" />;
    case "half":
      return (
        <>
          <circle cx="4" cy="4" r="3" {...stroke} strokeWidth={1.3} />
          <path d="M4 1a3 3 0 0 1 0 6z" />
        </>
      );
    case "pause":
      return <path d="M1 .8h2v6.4H1zM5 .8h2v6.4H5z" />;
    case "cross":
      return <path d="M1.2 1.2l5.6 5.6M6.8 1.2 1.2 6.8" {...stroke} />;
    case "minus":
      return <path d="M1 4h6" {...stroke} />;
    case "tick":
      return <path d="M1 4.4 3.1 6.5 7 1.8" {...stroke} strokeLinejoin="round" />;
  }
}
