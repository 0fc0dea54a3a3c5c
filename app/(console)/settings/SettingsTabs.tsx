import { TabLinks } from "#components/TabLinks.tsx";

/** The parts of the settings. */
export function SettingsTabs({ current }: { current: "general" | "signing-keys" | "notifications" }) {
  return (
    <TabLinks
      label="Settings"
      tabs={[
        { href: "/settings", label: "Tokens", current: current === "general" },
        { href: "/settings/signing-keys", label: "Signing keys", current: current === "signing-keys" },
        { href: "/settings/notifications", label: "Notifications", current: current === "notifications" },
      ]}
    />
  );
}
