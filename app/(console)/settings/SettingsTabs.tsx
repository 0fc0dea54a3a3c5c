import { TabLinks } from "#components/TabLinks.tsx";

/** The parts of the settings. */
export function SettingsTabs({ current }: { current: "general" | "notifications" }) {
  return (
    <TabLinks
      label="Settings"
      tabs={[
        { href: "/settings", label: "Tokens and keys", current: current === "general" },
        { href: "/settings/notifications", label: "Notifications", current: current === "notifications" },
      ]}
    />
  );
}
