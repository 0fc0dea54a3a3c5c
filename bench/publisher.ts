/** The publishers the watch is measured on: as many registrable domains, each with one host. */
export const publisher = {
  hosts: 64,
  host: (index: number) => `clients.publisher-${index}.com`,
};
