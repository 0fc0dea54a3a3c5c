"use client";
import { useFieldError } from "../formContext.ts";
import { Shape } from "../Shape.tsx";

export interface GrantChoice {
  readonly uri: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly sensitiveScopes: readonly string[];
  readonly audiences: readonly string[];
}

/** Which resources and scopes: each tick is one `grant` value, the resource, or resource and scope with a space between. */
export function GrantPicker({
  resources,
  chosen = [],
  hint = "At least one. The client is listed at every authorization server that has the resource; sensitive scopes raise its risk tier.",
}: {
  resources: readonly GrantChoice[];
  chosen?: readonly string[];
  hint?: string;
}) {
  const error = useFieldError("grants");
  return (
    <fieldset
      className="grid gap-1"
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? "grants-error" : "grants-hint"}
    >
      <legend className="text-sm font-medium">What it may reach</legend>
      {error && (
        <p id="grants-error" className="text-sm text-stop">
          {error}
        </p>
      )}
      <ul className="rounded-md border border-field-line">
        {resources.map((resource) => (
          <li key={resource.uri} className="border-b border-line px-2.5 py-2 last:border-0">
            <p className="font-medium">
              {resource.name}{" "}
              <span className="text-sm font-normal text-ink-3">
                <code>{resource.uri}</code> · listed at {resource.audiences.join(", ")}
              </span>
            </p>
            <div className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
              {(resource.scopes.length > 0 ? resource.scopes : [""]).map((scope) => {
                const value = scope ? `${resource.uri} ${scope}` : resource.uri;
                return (
                  <label key={scope} className="inline-flex items-center gap-1.5">
                    <input
                      type="checkbox"
                      name="grant"
                      value={value}
                      defaultChecked={chosen.includes(value)}
                      className="size-3.5 accent-accent"
                    />
                    {scope ? <code>{scope}</code> : "the resource, without scopes"}
                    {resource.sensitiveScopes.includes(scope) && (
                      <span className="inline-flex items-center gap-1 text-xs text-high">
                        <Shape name="diamond" /> sensitive
                      </span>
                    )}
                  </label>
                );
              })}
            </div>
          </li>
        ))}
      </ul>
      <p id="grants-hint" className="text-sm text-ink-3">
        {hint}
      </p>
    </fieldset>
  );
}
