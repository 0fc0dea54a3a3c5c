import type { NamespaceConstraints } from "#lib/core/namespace/Namespace.ts";
import { Checkbox } from "../Checkbox.tsx";
import { GrantPicker, type GrantChoice } from "../client/GrantPicker.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";
import { TickList } from "./TickList.tsx";

const methods = [
  { value: "none", label: "none", hint: "public client with PKCE" },
  { value: "private_key_jwt", label: "private_key_jwt", hint: "signs with its key" },
];

const grantTypes = [
  { value: "authorization_code", label: "authorization_code", hint: "a person signs in" },
  { value: "refresh_token", label: "refresh_token", hint: "stays signed in" },
  {
    value: "urn:ietf:params:oauth:grant-type:device_code",
    label: "device_code",
    hint: "on a device without a browser",
  },
];

/** What every client of a namespace must keep to. */
export function ConstraintFields({
  resources,
  values,
}: {
  resources: readonly GrantChoice[];
  values?: NamespaceConstraints;
}) {
  return (
    <div className="grid gap-3.5">
      <div className="grid gap-3.5 md:grid-cols-2">
        <TextArea
          name="redirectHosts"
          label="Redirects may lead to"
          mono
          rows={3}
          optional
          spellCheck={false}
          placeholder={"chat.example\nlogin.chat.example"}
          defaultValue={values?.redirectHosts.join("\n")}
          hint="Hosts of https redirects, one per line, exactly as written; no subdomains of them. Codes go nowhere else."
        />
        <div className="grid content-start gap-3.5">
          <Checkbox
            name="loopback"
            label="Redirects to the user's own machine"
            hint="Loopback with any port, for programs that run there."
            defaultChecked={values?.loopback ?? false}
          />
          <TextInput
            name="keyHost"
            label="Keys are published at"
            mono
            optional
            placeholder="chat.example"
            defaultValue={values?.keyHost}
            hint="Host of jwks_uri. Empty: its clients may name none."
          />
        </div>
        <TickList
          name="methods"
          legend="Authentication"
          choices={methods}
          chosen={values?.methods ?? ["none"]}
        />
        <TickList
          name="grantTypes"
          legend="Grant types"
          choices={grantTypes}
          chosen={values?.grantTypes ?? ["authorization_code", "refresh_token"]}
        />
      </div>
      <GrantPicker
        resources={resources}
        chosen={values?.grants.flatMap(({ resource, scopes }) =>
          scopes.length === 0 ? [resource] : scopes.map((scope) => `${resource} ${scope}`),
        )}
        hint="At least one, and no more than every client of it may have: none of them is looked at by itself."
      />
      <div className="md:w-1/2 md:pr-2">
        <TextInput
          name="mostChildren"
          label="Clients, at most"
          type="number"
          min={1}
          max={1_000_000}
          defaultValue={values?.mostChildren ?? 1_000}
          hint="When servers admitted more, none is admitted any more until somebody raises this. Be generous: whoever makes up client_ids counts too."
        />
      </div>
    </div>
  );
}
