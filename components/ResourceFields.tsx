import { TextArea } from "./TextArea.tsx";
import { TextInput } from "./TextInput.tsx";

export interface ResourceFieldsProps {
  /** Stands before every field name, e.g. "resources.0.". */
  prefix?: string;
  values?: { uri: string; name: string; scopes: readonly string[]; sensitiveScopes: readonly string[] };
  optional?: boolean;
}

/** A protected resource and the scopes it knows. */
export function ResourceFields({ prefix = "", values, optional = false }: ResourceFieldsProps) {
  return (
    <div className="grid gap-3.5 md:grid-cols-2">
      <TextInput
        name={`${prefix}uri`}
        label="Resource URI"
        mono
        inputMode="url"
        placeholder="https://mcp.example.com/tickets"
        defaultValue={values?.uri}
        readOnly={values !== undefined}
        optional={optional}
        hint="The resource indicator (RFC 8707), compared character by character."
      />
      <TextInput
        name={`${prefix}name`}
        label="Name"
        placeholder="Tickets"
        defaultValue={values?.name}
        optional={optional}
        hint="As people call it."
      />
      <TextArea
        name={`${prefix}scopes`}
        label="Scopes"
        mono
        rows={2}
        placeholder="tickets.read tickets.write"
        defaultValue={values?.scopes.join(" ")}
        optional={optional}
        hint="Separated by spaces. A client can be granted these and no others."
      />
      <TextArea
        name={`${prefix}sensitiveScopes`}
        label="Sensitive scopes"
        mono
        rows={2}
        placeholder="tickets.write"
        defaultValue={values?.sensitiveScopes.join(" ")}
        optional
        hint="Those among them whose misuse hurts. They raise a client's risk tier."
      />
    </div>
  );
}
