export const channelsPath = "/settings/notifications";
export const channelPath = (id: string) => `${channelsPath}/${id}`;
export const addChannelPath = (kind?: string) => `${channelsPath}/new${kind ? `?kind=${kind}` : ""}`;
