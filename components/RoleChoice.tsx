import { roles, type Role } from "#lib/core/role.ts";
import { Choice } from "./Choice.tsx";
import { roleWords } from "./roleWords.ts";

/** A person's role, each with what it may do. */
export function RoleChoice({ value }: { value: Role }) {
  return (
    <Choice
      name="role"
      label="Role"
      value={value}
      options={roles.map((role) => ({
        value: role,
        label: roleWords[role].title,
        hint: roleWords[role].does,
      }))}
    />
  );
}
