import type { Shape } from "./readBody.ts";

/** Members that several bodies share. */
export const clientMembers = {
  owner_team_id: true,
  sponsor: true,
  purpose: true,
  contract: true,
} satisfies Shape;
export const grantMembers = {
  grants: { resource: true, scopes: true },
  valid_days: true,
} satisfies Shape;
export const resourceMembers = {
  uri: true,
  name: true,
  scopes: true,
  sensitive_scopes: true,
} satisfies Shape;
export const constraintMembers = {
  redirect_hosts: true,
  loopback: true,
  methods: true,
  key_host: true,
  grant_types: true,
  grants: grantMembers.grants,
  most_children: true,
} satisfies Shape;
