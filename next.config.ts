import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // No image service: it fetches and decodes what others name.
  images: { unoptimized: true },
  agentRules: false,
  // Native or dynamically required: left to Node.
  serverExternalPackages: ["better-sqlite3", "pg"],
  // `npm run check` looks at the types, of more than the screens.
  typescript: { ignoreBuildErrors: true },
};

export default config;
